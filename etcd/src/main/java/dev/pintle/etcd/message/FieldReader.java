package dev.pintle.etcd.message;

import dev.pintle.kernel.Bytes;
import io.netty.buffer.ByteBuf;
import io.netty.util.CharsetUtil;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/// A walk over the fields of one protobuf message in a buffer, by absolute index: the buffer's own reader index stays.
///
/// Call [#next], then either one of the value methods or [#skip]. As protobuf asks, a field of an unknown number is
/// skipped and the last value of a repeated scalar wins; that is the caller's loop.
public final class FieldReader {
  /// How deep groups may nest in what is skipped.
  private static final int SKIPPED_GROUPS_MAX = 64;

  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  private static final int LENGTH = 2;
  private static final int START_GROUP = 3;
  private static final int END_GROUP = 4;
  private static final int FIXED32 = 5;

  private final ByteBuf in;
  private final int end;
  private int at;
  private int wireType;
  private int number;

  private FieldReader(ByteBuf in, int from, int to) {
    this.in = in;
    this.at = from;
    this.end = to;
  }

  public static FieldReader of(ByteBuf message) {
    return new FieldReader(message, message.readerIndex(), message.writerIndex());
  }

  /// The number of the next field, or 0 after the last.
  public int next() {
    if (at == end) {
      return 0;
    }
    long tag = varint();
    number = (int) (tag >>> 3);
    wireType = (int) tag & 7;
    if (number == 0 || tag >>> 32 != 0) {
      throw new MalformedMessage("field tag " + tag);
    }
    return number;
  }

  public long int64() {
    require(VARINT);
    return varint();
  }

  public int int32() {
    return (int) int64();
  }

  public boolean bool() {
    return int64() != 0;
  }

  public Bytes bytes() {
    require(LENGTH);
    int size = length();
    if (size == 0) {
      return Bytes.EMPTY;
    }
    byte[] copy = new byte[size];
    in.getBytes(at, copy);
    at += size;
    return Bytes.wrap(copy);
  }

  public String string() {
    require(LENGTH);
    int size = length();
    String text = in.toString(at, size, CharsetUtil.UTF_8);
    at += size;
    return text;
  }

  /// The bytes of a text; what is none, no protobuf library reads.
  public Bytes text() {
    Bytes bytes = bytes();
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes.array()));
    } catch (CharacterCodingException noText) {
      throw new MalformedMessage("string field contains invalid UTF-8");
    }
    return bytes;
  }

  /// A reader of the nested message; this one goes on after it.
  public FieldReader message() {
    require(LENGTH);
    int size = length();
    FieldReader nested = new FieldReader(in, at, at + size);
    at += size;
    return nested;
  }

  /// True when the field holds many numbers at once; then [#message] reads them with [#packed].
  public boolean isPacked() {
    return wireType == LENGTH;
  }

  public boolean hasMore() {
    return at < end;
  }

  /// The next number of a packed field.
  public long packed() {
    return varint();
  }

  public void skip() {
    skip(wireType, number, 0);
  }

  private void skip(int type, int field, int depth) {
    switch (type) {
      case VARINT -> varint();
      case FIXED64 -> advance(8);
      case LENGTH -> advance(length());
      case START_GROUP -> skipGroup(field, depth + 1);
      case FIXED32 -> advance(4);
      default -> throw new MalformedMessage("wire type " + type);
    }
  }

  private void skipGroup(int field, int depth) {
    if (depth > SKIPPED_GROUPS_MAX) {
      throw new MalformedMessage("groups nested deeper than " + SKIPPED_GROUPS_MAX);
    }
    while (true) {
      long tag = varint();
      int type = (int) tag & 7;
      int inner = (int) (tag >>> 3);
      if (type == END_GROUP) {
        if (inner != field) {
          throw new MalformedMessage("end of group " + inner + " in group " + field);
        }
        return;
      }
      skip(type, inner, depth);
    }
  }

  private void require(int expected) {
    if (wireType != expected) {
      throw new MalformedMessage("wire type " + wireType + " in field " + number);
    }
  }

  private void advance(int size) {
    if (size > end - at) {
      throw new MalformedMessage("field " + number + " is cut off");
    }
    at += size;
  }

  private int length() {
    long size = varint();
    if (size < 0 || size > end - at) {
      throw new MalformedMessage("field " + number + " is cut off");
    }
    return (int) size;
  }

  private long varint() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      if (at == end) {
        throw new MalformedMessage("number is cut off");
      }
      byte part = in.getByte(at++);
      value |= (long) (part & 0x7f) << shift;
      if (part >= 0) {
        return value;
      }
    }
    throw new MalformedMessage("number longer than 10 bytes");
  }
}
