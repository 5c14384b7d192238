package dev.pintle.kube.protobuf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// A writer of a message from its end to its beginning, so that the length of a part is known when it is written before
/// it: whoever writes goes through the fields backwards.
final class ProtoOutput {
  private static final int BYTES_AT_FIRST = 512;
  private static final int BITS = 7;
  private static final long MORE = 0x80;
  private static final int VARINT_BYTES_MAX = 10;

  private byte[] bytes = new byte[BYTES_AT_FIRST];
  private int from = bytes.length;

  /// How many bytes are written.
  int size() {
    return bytes.length - from;
  }

  byte[] toBytes() {
    return Arrays.copyOfRange(bytes, from, bytes.length);
  }

  void varint(long value) {
    require(VARINT_BYTES_MAX);
    int length = Math.max(1, (Long.SIZE - Long.numberOfLeadingZeros(value) + BITS - 1) / BITS);
    from -= length;
    long rest = value;
    for (int i = 0; i < length; i++) {
      bytes[from + i] = (byte) (i == length - 1 ? rest : (rest & (MORE - 1)) | MORE);
      rest >>>= BITS;
    }
  }

  void tag(int number, int wireType) {
    varint((long) number << WireType.BITS | wireType);
  }

  void number(int number, long value) {
    varint(value);
    tag(number, WireType.VARINT);
  }

  void fixedDouble(int number, double value) {
    require(Long.BYTES);
    from -= Long.BYTES;
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putDouble(from, value);
    tag(number, WireType.FIXED64);
  }

  void byteString(int number, byte[] value) {
    raw(value);
    varint(value.length);
    tag(number, WireType.BYTES);
  }

  void text(int number, String value) {
    byteString(number, value.getBytes(StandardCharsets.UTF_8));
  }

  void raw(byte[] value) {
    require(value.length);
    from -= value.length;
    System.arraycopy(value, 0, bytes, from, value.length);
  }

  /// Closes a message whose content was written since the size was `before`.
  void closeMessage(int number, int before) {
    varint(size() - before);
    tag(number, WireType.BYTES);
  }

  private void require(int count) {
    if (from >= count) {
      return;
    }
    byte[] larger = new byte[Math.addExact(Math.max(bytes.length * 2, bytes.length + count), 0)];
    System.arraycopy(bytes, from, larger, larger.length - size(), size());
    from = larger.length - size();
    bytes = larger;
  }
}
