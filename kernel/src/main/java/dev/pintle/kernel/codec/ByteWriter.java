package dev.pintle.kernel.codec;

import dev.pintle.kernel.Bytes;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/// A buffer that grows as it is written. Meant to be kept and [#clear]ed, so that writing makes no garbage.
public final class ByteWriter {
  public static final int VARINT_BYTES_MAX = 10;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

  private byte[] buffer;
  private int size;

  public ByteWriter(int bytesInitial) {
    buffer = new byte[Math.max(16, bytesInitial)];
  }

  public int size() {
    return size;
  }

  public void clear() {
    size = 0;
  }

  /// The buffer itself, of which the first [#size] bytes are written; valid until the next write.
  public byte[] buffer() {
    return buffer;
  }

  public byte[] toByteArray() {
    return size == buffer.length ? buffer : Arrays.copyOf(buffer, size);
  }

  private void reserve(int more) {
    if (buffer.length - size < more) {
      int wanted = Math.addExact(size, more);
      int doubled = buffer.length > Integer.MAX_VALUE / 2 ? wanted : 2 * buffer.length;
      buffer = Arrays.copyOf(buffer, Math.max(wanted, doubled));
    }
  }

  public void writeByte(int value) {
    reserve(1);
    buffer[size++] = (byte) value;
  }

  /// A byte that numbers `choice` among `choices`, whose order so becomes part of the format.
  public <T> void writeOneOf(T[] choices, T choice) {
    int place = 0;
    while (!choices[place].equals(choice)) {
      place++;
    }
    writeByte(place);
  }

  public void writeInt(int value) {
    reserve(Integer.BYTES);
    INT.set(buffer, size, value);
    size += Integer.BYTES;
  }

  public void writeLong(long value) {
    reserve(Long.BYTES);
    LONG.set(buffer, size, value);
    size += Long.BYTES;
  }

  /// How many bytes [#writeVarint] writes for `value`.
  public static int varintBytes(long value) {
    return (Long.SIZE + 6 - Long.numberOfLeadingZeros(value | 1)) / 7;
  }

  /// Seven bits a byte, the lowest first; a negative value takes all ten bytes.
  public void writeVarint(long value) {
    reserve(varintBytes(value));
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      buffer[size++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    buffer[size++] = (byte) rest;
  }

  public void writeBytes(Bytes bytes) {
    writeBytes(bytes.array(), 0, bytes.size());
  }

  public void writeBytes(byte[] source, int from, int count) {
    reserve(count);
    System.arraycopy(source, from, buffer, size, count);
    size += count;
  }

  /// A length as a varint, and the bytes.
  public void writeSized(Bytes bytes) {
    writeVarint(bytes.size());
    writeBytes(bytes);
  }
}
