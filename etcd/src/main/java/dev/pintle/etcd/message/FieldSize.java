package dev.pintle.etcd.message;

import dev.pintle.kernel.Bytes;

/// The number of bytes that a field takes, its tag included; 0 for a value that proto3 leaves out.
public final class FieldSize {
  private FieldSize() {}

  public static int int64(int number, long value) {
    return value == 0 ? 0 : tag(number) + varint(value);
  }

  public static int bool(int number, boolean value) {
    return value ? tag(number) + 1 : 0;
  }

  public static int bytes(int number, Bytes value) {
    return value.isEmpty() ? 0 : nested(number, value.size());
  }

  /// A field of `size` bytes that is written even when empty: a nested message, an element of a list.
  public static int nested(int number, int size) {
    return tag(number) + varint(size) + size;
  }

  public static int varint(long value) {
    return (70 - Long.numberOfLeadingZeros(value | 1)) / 7;
  }

  private static int tag(int number) {
    return varint((long) number << 3);
  }
}
