package dev.pintle.kernel.codec;

import dev.pintle.kernel.Bytes;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/// A reader of what [ByteWriter] wrote, which refuses with [MalformedBytes] to read beyond the end.
public final class ByteReader {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final int VARINT_BITS_MAX = 63;

  private final byte[] source;
  private final int end;
  private int position;

  public ByteReader(byte[] source) {
    this(source, 0, source.length);
  }

  public ByteReader(byte[] source, int from, int count) {
    this.source = source;
    this.position = from;
    this.end = from + count;
  }

  public int remaining() {
    return end - position;
  }

  /// Throws [MalformedBytes] unless `holds`; `rule` is a format for `facts`.
  public void expect(boolean holds, String rule, long... facts) {
    if (!holds) {
      throw malformed(rule, facts);
    }
  }

  /// What is wrong, `rule` being a format for `facts`, and where.
  public MalformedBytes malformed(String rule, long... facts) {
    return new MalformedBytes(
        String.format(rule, Arrays.stream(facts).boxed().toArray()) + " at byte " + position);
  }

  private void require(int count) {
    expect(count <= remaining(), "bytes left: %d (expected: >= %d)", remaining(), count);
  }

  public int readByte() {
    require(1);
    return source[position++] & 0xff;
  }

  public boolean readFlag() {
    int value = readByte();
    expect(value <= 1, "flag: %d (expected: 0 or 1)", value);
    return value == 1;
  }

  public int readInt() {
    require(Integer.BYTES);
    int value = (int) INT.get(source, position);
    position += Integer.BYTES;
    return value;
  }

  public long readLong() {
    require(Long.BYTES);
    long value = (long) LONG.get(source, position);
    position += Long.BYTES;
    return value;
  }

  public long readVarint() {
    long value = 0;
    for (int shift = 0; shift <= VARINT_BITS_MAX; shift += 7) {
      int part = readByte();
      value |= (long) (part & 0x7f) << shift;
      if (part < 0x80) {
        return value;
      }
    }
    throw malformed("varint: too long (expected: at most %d bytes)", ByteWriter.VARINT_BYTES_MAX);
  }

  /// A varint that counts bytes still to come.
  public int readLength() {
    long length = readVarint();
    expect(
        length >= 0 && length <= remaining(), "length: %d (expected: <= %d)", length, remaining());
    return (int) length;
  }

  public Bytes readBytes(int count) {
    require(count);
    byte[] bytes = Arrays.copyOfRange(source, position, position + count);
    position += count;
    return Bytes.wrap(bytes);
  }

  public void readInto(byte[] target, int from, int count) {
    require(count);
    System.arraycopy(source, position, target, from, count);
    position += count;
  }

  /// What [ByteWriter#writeSized] wrote.
  public Bytes readSized() {
    return readBytes(readLength());
  }

  /// What [ByteWriter#writeOneOf] wrote.
  public <T> T readOneOf(T[] choices) {
    int place = readByte();
    expect(place < choices.length, "choice: %d (expected: < %d)", place, choices.length);
    return choices[place];
  }

  public void expectEnd() {
    expect(remaining() == 0, "bytes left over: %d (expected: 0)", remaining());
  }
}
