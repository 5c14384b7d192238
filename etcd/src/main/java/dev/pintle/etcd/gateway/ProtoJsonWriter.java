package dev.pintle.etcd.gateway;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/// The writer of protobuf's JSON form, as etcd prints it: names as in the `.proto` files, zero values left out, 64-bit
/// numbers as text, bytes in base64.
final class ProtoJsonWriter {
  /// So many bytes are put into base64 at once; a multiple of three, so that pieces join without padding.
  private static final int PIECE_BYTES = 3 << 10;

  private final ByteBuf out;
  private final StringEscapes escapes;

  ProtoJsonWriter(ByteBuf out, StringEscapes escapes) {
    this.out = out;
    this.escapes = escapes;
  }

  void message(Message message) {
    out.writeByte('{');
    boolean first = true;
    for (Map.Entry<FieldDescriptor, Object> set : message.getAllFields().entrySet()) {
      if (!first) {
        out.writeByte(',');
      }
      first = false;
      FieldDescriptor field = set.getKey();
      quoted(field.getName());
      out.writeByte(':');
      if (field.isRepeated()) {
        list(field, (List<?>) set.getValue());
      } else {
        value(field, set.getValue());
      }
    }
    out.writeByte('}');
  }

  private void list(FieldDescriptor field, List<?> elements) {
    out.writeByte('[');
    for (int i = 0; i < elements.size(); i++) {
      if (i > 0) {
        out.writeByte(',');
      }
      value(field, elements.get(i));
    }
    out.writeByte(']');
  }

  private void value(FieldDescriptor field, Object value) {
    switch (field.getJavaType()) {
      case MESSAGE -> message((Message) value);
      case BYTE_STRING -> base64((ByteString) value);
      case STRING -> escapes.write(out, (String) value);
      case BOOLEAN -> ascii(value.toString());
      case LONG -> quoted(number(field, (Long) value));
      case INT -> ascii(Long.toString(Integer.toUnsignedLong((Integer) value)));
      case ENUM -> enumValue((EnumValueDescriptor) value);
      case FLOAT, DOUBLE -> throw new IllegalArgumentException("no such field: " + field);
    }
  }

  private void base64(ByteString value) {
    out.writeByte('"');
    for (int from = 0; from < value.size(); from += PIECE_BYTES) {
      int to = Math.min(value.size(), from + PIECE_BYTES);
      out.writeBytes(Base64.getEncoder().encode(value.substring(from, to).toByteArray()));
    }
    out.writeByte('"');
  }

  /// A number that has no name is printed as one.
  private void enumValue(EnumValueDescriptor value) {
    if (value.getIndex() < 0) {
      ascii(Integer.toString(value.getNumber()));
    } else {
      quoted(value.getName());
    }
  }

  private void quoted(String plain) {
    out.writeByte('"');
    ascii(plain);
    out.writeByte('"');
  }

  private void ascii(String text) {
    ByteBufUtil.writeAscii(out, text);
  }

  private static String number(FieldDescriptor field, long value) {
    return field.getType() == FieldDescriptor.Type.UINT64
        ? Long.toUnsignedString(value)
        : Long.toString(value);
  }
}
