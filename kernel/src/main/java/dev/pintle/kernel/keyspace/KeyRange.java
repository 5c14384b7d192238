package dev.pintle.kernel.keyspace;

import dev.pintle.kernel.Bytes;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A half-open run of keys `[from, to)`; `to` is null when the run has no upper end.
public record KeyRange(Bytes from, @Nullable Bytes to) {
  /// Every key there can be.
  public static final KeyRange ALL = new KeyRange(Bytes.EMPTY, null);

  /// The one key `key`: the run up to the least key after it.
  public static KeyRange point(Bytes key) {
    return new KeyRange(key, Bytes.wrap(Arrays.copyOf(key.array(), key.size() + 1)));
  }

  public static KeyRange fromKey(Bytes key) {
    return new KeyRange(key, null);
  }

  /// All keys that start with `prefix`.
  public static KeyRange prefix(Bytes prefix) {
    byte[] end = prefix.array().clone();
    for (int i = end.length - 1; i >= 0; i--) {
      if (end[i] != (byte) 0xff) {
        end[i]++;
        return new KeyRange(prefix, Bytes.wrap(Arrays.copyOf(end, i + 1)));
      }
    }
    return new KeyRange(prefix, null);
  }

  /// True when the run holds exactly one key whatever the store holds.
  public boolean isPoint() {
    return to != null
        && to.size() == from.size() + 1
        && to.at(from.size()) == 0
        && to.startsWith(from);
  }

  public boolean isEmpty() {
    return to != null && to.compareTo(from) <= 0;
  }

  public boolean contains(Bytes key) {
    return key.compareTo(from) >= 0 && (to == null || key.compareTo(to) < 0);
  }

  public boolean overlaps(KeyRange other) {
    return (to == null || other.from.compareTo(to) < 0)
        && (other.to == null || from.compareTo(other.to) < 0);
  }
}
