package dev.pintle.etcd.gateway;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// The reader of protobuf's JSON form: both spellings of a field's name, 64-bit numbers as text or number, bytes in
/// either base64, enums by name or number. What is unknown (a field, an enum's name) is passed over, as etcd does.
final class ProtoJsonReader {
  private final JsonParser in;

  ProtoJsonReader(JsonParser in) {
    this.in = in;
  }

  /// Reads the object whose opening brace is the current token.
  DynamicMessage message(Descriptor type) throws BadJson {
    DynamicMessage.Builder message = DynamicMessage.newBuilder(type);
    require(JsonToken.START_OBJECT, type.getName());
    while (in.nextToken() == JsonToken.PROPERTY_NAME) {
      FieldDescriptor field = field(type, in.currentName());
      in.nextToken();
      if (field == null || in.currentToken() == JsonToken.VALUE_NULL) {
        in.skipChildren();
      } else if (field.isRepeated()) {
        list(message, field);
      } else {
        Object value = value(field);
        if (value != null) {
          message.setField(field, value);
        }
      }
    }
    return message.build();
  }

  private void list(DynamicMessage.Builder message, FieldDescriptor field) throws BadJson {
    require(JsonToken.START_ARRAY, field.getName());
    while (in.nextToken() != JsonToken.END_ARRAY) {
      Object value = value(field);
      if (value != null) {
        message.addRepeatedField(field, value);
      }
    }
  }

  /// The value of the current token; null for an enum's name that is unknown.
  private @Nullable Object value(FieldDescriptor field) throws BadJson {
    return switch (field.getJavaType()) {
      case MESSAGE -> message(field.getMessageType());
      case BYTE_STRING -> bytes(field);
      case STRING -> text(field);
      case BOOLEAN -> bool(field);
      case LONG -> number(field);
      case INT -> (int) number(field);
      case ENUM -> enumValue(field);
      case FLOAT, DOUBLE -> throw invalid(field);
    };
  }

  private ByteString bytes(FieldDescriptor field) throws BadJson {
    String text = text(field).replace('-', '+').replace('_', '/');
    int end = text.length();
    while (end > 0 && text.charAt(end - 1) == '=') {
      end--;
    }
    try {
      return ByteString.copyFrom(Base64.getDecoder().decode(text.substring(0, end)));
    } catch (IllegalArgumentException notBase64) {
      throw invalid(field);
    }
  }

  private String text(FieldDescriptor field) throws BadJson {
    if (in.currentToken() != JsonToken.VALUE_STRING) {
      throw invalid(field);
    }
    return in.getString();
  }

  private boolean bool(FieldDescriptor field) throws BadJson {
    return switch (in.currentToken()) {
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      default -> throw invalid(field);
    };
  }

  private long number(FieldDescriptor field) throws BadJson {
    boolean unsigned = field.getType() == FieldDescriptor.Type.UINT64;
    JsonToken token = in.currentToken();
    if (token != JsonToken.VALUE_STRING && token != JsonToken.VALUE_NUMBER_INT) {
      throw invalid(field);
    }
    try {
      String text = in.getString();
      return unsigned ? Long.parseUnsignedLong(text) : Long.parseLong(text);
    } catch (NumberFormatException notOne) {
      throw invalid(field);
    }
  }

  private @Nullable EnumValueDescriptor enumValue(FieldDescriptor field) throws BadJson {
    return in.currentToken() == JsonToken.VALUE_STRING
        ? field.getEnumType().findValueByName(in.getString())
        : field.getEnumType().findValueByNumberCreatingIfUnknown((int) number(field));
  }

  private static @Nullable FieldDescriptor field(Descriptor type, String name) {
    FieldDescriptor byName = type.findFieldByName(name);
    if (byName != null) {
      return byName;
    }
    for (FieldDescriptor field : type.getFields()) {
      if (field.getJsonName().equals(name)) {
        return field;
      }
    }
    return null;
  }

  private void require(JsonToken expected, String what) throws BadJson {
    if (in.currentToken() != expected) {
      throw invalid(what);
    }
  }

  private BadJson invalid(FieldDescriptor field) {
    String kind = field.getType().name().toLowerCase(java.util.Locale.ROOT);
    return invalid("%s field %s".formatted(kind, field.getName()));
  }

  private BadJson invalid(String what) {
    var at = in.currentTokenLocation();
    String found =
        in.currentToken() == JsonToken.VALUE_STRING
            ? '"' + in.getString() + '"'
            : String.valueOf(in.getString());
    return new BadJson(
        "proto: (line %d:%d): invalid value for %s: %s"
            .formatted(at.getLineNr(), at.getColumnNr(), what, found));
  }
}
