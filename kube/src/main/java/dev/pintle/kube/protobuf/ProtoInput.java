package dev.pintle.kube.protobuf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// A reader of one message from a part of an array, never beyond its end.
final class ProtoInput {
  private static final int MORE = 0x80;
  private static final int BITS = 7;
  private static final int VARINT_BITS_MAX = 64;

  private final byte[] bytes;
  private final int end;
  private int at;
  private int tag;

  ProtoInput(byte[] bytes) {
    this(bytes, 0, bytes.length);
  }

  private ProtoInput(byte[] bytes, int from, int end) {
    this.bytes = bytes;
    this.at = from;
    this.end = end;
  }

  /// Moves to the next field; false at the end of the message.
  boolean next() {
    if (at == end) {
      return false;
    }
    long read = varint();
    tag = (int) read;
    if (read != tag || number() <= 0) {
      throw new ProtobufException(
          "tag: %d at byte %d (expected: a field number and a wire type)".formatted(read, at));
    }
    return true;
  }

  int number() {
    return tag >>> WireType.BITS;
  }

  int wireType() {
    return tag & ((1 << WireType.BITS) - 1);
  }

  boolean atEnd() {
    return at == end;
  }

  long varint() {
    long value = 0;
    for (int shift = 0; shift < VARINT_BITS_MAX; shift += BITS) {
      byte b = oneByte();
      value |= (long) (b & (MORE - 1)) << shift;
      if (b >= 0) {
        return value;
      }
    }
    throw new ProtobufException("number at byte %d: more than 64 bits".formatted(at));
  }

  double fixedDouble() {
    require(Long.BYTES);
    double value = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getDouble(at);
    at += Long.BYTES;
    return value;
  }

  /// The message that follows, as an input of its own.
  ProtoInput message() {
    int length = length();
    ProtoInput inner = new ProtoInput(bytes, at, at + length);
    at += length;
    return inner;
  }

  byte[] byteString() {
    int length = length();
    byte[] read = Arrays.copyOfRange(bytes, at, at + length);
    at += length;
    return read;
  }

  String text() {
    int length = length();
    String read = new String(bytes, at, length, StandardCharsets.UTF_8);
    at += length;
    return read;
  }

  void skip() {
    switch (wireType()) {
      case WireType.VARINT -> varint();
      case WireType.FIXED64 -> forward(Long.BYTES);
      case WireType.BYTES -> forward(length());
      case WireType.FIXED32 -> forward(Integer.BYTES);
      default -> throw wrongWireType("a known one");
    }
  }

  void expect(int wireType) {
    if (wireType() != wireType) {
      throw wrongWireType(Integer.toString(wireType));
    }
  }

  private ProtobufException wrongWireType(String expected) {
    return new ProtobufException(
        "wire type of field %d: %d (expected: %s)".formatted(number(), wireType(), expected));
  }

  private int length() {
    expect(WireType.BYTES);
    return lengthAfterTag();
  }

  private int lengthAfterTag() {
    long length = varint();
    if (length < 0 || length > end - at) {
      throw new ProtobufException(
          "length at byte %d: %d (expected: at most %d)".formatted(at, length, end - at));
    }
    return (int) length;
  }

  private void forward(int count) {
    require(count);
    at += count;
  }

  private void require(int count) {
    if (count > end - at) {
      throw new ProtobufException(
          "end of message at byte %d (expected: %d more bytes)".formatted(at, count));
    }
  }

  private byte oneByte() {
    require(1);
    return bytes[at++];
  }
}
