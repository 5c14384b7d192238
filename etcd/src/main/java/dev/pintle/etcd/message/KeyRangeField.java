package dev.pintle.etcd.message;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.keyspace.KeyRange;

/// The range that `key` and `range_end` mean together, the same in every request.
public final class KeyRangeField {
  private KeyRangeField() {}

  /// @param end empty for the one key, a single zero byte for every key from `key` on
  public static KeyRange of(Bytes key, Bytes end) {
    if (end.isEmpty()) {
      return KeyRange.point(key);
    }
    return end.size() == 1 && end.at(0) == 0 ? KeyRange.fromKey(key) : new KeyRange(key, end);
  }
}
