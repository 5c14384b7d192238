package dev.pintle.etcd.message;

import dev.pintle.kernel.Bytes;
import io.netty.buffer.ByteBuf;

/// A writer of fields as [FieldSize] measures them.
public final class FieldWriter {
  private static final int VARINT = 0;
  private static final int LENGTH = 2;

  private FieldWriter() {}

  public static void int64(ByteBuf out, int number, long value) {
    if (value != 0) {
      tag(out, number, VARINT);
      varint(out, value);
    }
  }

  public static void bool(ByteBuf out, int number, boolean value) {
    if (value) {
      tag(out, number, VARINT);
      out.writeByte(1);
    }
  }

  public static void bytes(ByteBuf out, int number, Bytes value) {
    if (!value.isEmpty()) {
      nested(out, number, value.size());
      out.writeBytes(value.array());
    }
  }

  /// The tag and size of a field whose `size` bytes the caller writes next.
  public static void nested(ByteBuf out, int number, int size) {
    tag(out, number, LENGTH);
    varint(out, size);
  }

  public static void varint(ByteBuf out, long value) {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      out.writeByte((int) rest | 0x80);
      rest >>>= 7;
    }
    out.writeByte((int) rest);
  }

  private static void tag(ByteBuf out, int number, int wireType) {
    varint(out, (long) number << 3 | wireType);
  }
}
