package dev.pintle.etcd.gateway;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonGenerator;

/// The writer of protobuf's JSON form, as etcd prints it: names as in the `.proto` files, zero values left out, 64-bit
/// numbers as text, bytes in base64.
final class ProtoJsonWriter {
  private final JsonGenerator out;

  ProtoJsonWriter(JsonGenerator out) {
    this.out = out;
  }

  void message(Message message) {
    out.writeStartObject();
    for (Map.Entry<FieldDescriptor, Object> set : message.getAllFields().entrySet()) {
      FieldDescriptor field = set.getKey();
      out.writeName(field.getName());
      if (field.isRepeated()) {
        out.writeStartArray();
        for (Object element : (List<?>) set.getValue()) {
          value(field, element);
        }
        out.writeEndArray();
      } else {
        value(field, set.getValue());
      }
    }
    out.writeEndObject();
  }

  private void value(FieldDescriptor field, Object value) {
    switch (field.getJavaType()) {
      case MESSAGE -> message((Message) value);
      case BYTE_STRING ->
          out.writeString(Base64.getEncoder().encodeToString(((ByteString) value).toByteArray()));
      case STRING -> out.writeString((String) value);
      case BOOLEAN -> out.writeBoolean((Boolean) value);
      case LONG -> out.writeString(number(field, (Long) value));
      case INT -> out.writeNumber(Integer.toUnsignedLong((Integer) value));
      case ENUM -> out.writeString(((EnumValueDescriptor) value).getName());
      case FLOAT, DOUBLE -> throw new IllegalArgumentException("no such field: " + field);
    }
  }

  private static String number(FieldDescriptor field, long value) {
    return field.getType() == FieldDescriptor.Type.UINT64
        ? Long.toUnsignedString(value)
        : Long.toString(value);
  }
}
