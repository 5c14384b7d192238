package dev.pintle.kernel.auth;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.keyspace.KeyRange;

/// A permission for a key or a range, as it was granted.
///
/// @param type [#READ], [#WRITE] or [#READ_WRITE]; any other number permits nothing
/// @param end empty for the one key, a single zero byte for every key from `key` on
public record KeyPermission(int type, Bytes key, Bytes end) {
  public static final int READ = 0;
  public static final int WRITE = 1;
  public static final int READ_WRITE = 2;

  /// The permission that the role `root` is shown with: to read and write all.
  public static final KeyPermission ROOT =
      new KeyPermission(READ_WRITE, Bytes.EMPTY, Bytes.wrap(new byte[1]));

  boolean isFor(Bytes otherKey, Bytes otherEnd) {
    return key.equals(otherKey) && end.equals(otherEnd);
  }

  /// Whether it is for a key, or for a range that is not empty.
  boolean isValid() {
    return !key.isEmpty() && (end.isEmpty() || isOpenEnded() || key.compareTo(end) < 0);
  }

  private boolean isOpenEnded() {
    return end.size() == 1 && end.at(0) == 0;
  }

  boolean mayRead() {
    return type == READ || type == READ_WRITE;
  }

  boolean mayWrite() {
    return type == WRITE || type == READ_WRITE;
  }

  KeyRange range() {
    if (end.isEmpty()) {
      return KeyRange.point(key);
    }
    return isOpenEnded() ? KeyRange.fromKey(key) : new KeyRange(key, end);
  }
}
