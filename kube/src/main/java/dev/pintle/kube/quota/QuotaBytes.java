package dev.pintle.kube.quota;

import dev.pintle.kernel.Bytes;
import dev.pintle.kube.object.JsonWriter;
import dev.pintle.kube.strategy.ResourceAmounts;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The stored bytes of a quota that end with what is used of it: all before that stays as it is when something is charged.
///
/// @param usedAt where the JSON of what is used starts
record QuotaBytes(Bytes value, int usedAt) {
  private static final int AMOUNT_BYTES = 48;

  /// Null where the bytes do not end so.
  ///
  /// @param used what they say is used
  static @Nullable QuotaBytes of(Bytes value, ResourceAmounts used) {
    byte[] end = writer("\"used\":", used).toBytes();
    int start = value.size() - end.length;
    boolean found =
        !used.values().isEmpty()
            && start > 0
            && Arrays.equals(value.array(), start, value.size(), end, 0, end.length);
    return found ? new QuotaBytes(value, start + "\"used\":".length()) : null;
  }

  /// The bytes of the same quota where so much is used, of the same resources.
  QuotaBytes with(ResourceAmounts used) {
    byte[] end = writer("", used).toBytes();
    byte[] next = Arrays.copyOf(value.array(), usedAt + end.length);
    System.arraycopy(end, 0, next, usedAt, end.length);
    return new QuotaBytes(Bytes.wrap(next), usedAt);
  }

  /// Whether all before what is used is the same.
  boolean beginsAs(QuotaBytes other) {
    return usedAt == other.usedAt
        && Arrays.equals(value.array(), 0, usedAt, other.value.array(), 0, usedAt);
  }

  private static JsonWriter writer(String start, ResourceAmounts used) {
    JsonWriter out = new JsonWriter(AMOUNT_BYTES * (used.values().size() + 1));
    String before = "{";
    out.raw(start);
    for (var amount : used.values().entrySet()) {
      out.raw(before).string(amount.getKey()).raw(':').string(amount.getValue().toString());
      before = ",";
    }
    return out.raw("}}}");
  }
}
