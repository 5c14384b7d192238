package dev.pintle.kube.protobuf;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.Utf8Order;
import dev.pintle.kube.protobuf.MessagePlan.Part;
import dev.pintle.kube.schema.Field;
import dev.pintle.kube.schema.SchemaNode;
import dev.pintle.kube.schema.ValueKind;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The writer of objects as messages, last field first.
final class MessageWriter {
  private static final int KEY = 1;
  private static final int VALUE = 2;
  private static final int WRAPPED = 1;

  private final ProtoOutput out;

  MessageWriter(ProtoOutput out) {
    this.out = out;
  }

  void message(SchemaNode node, JsonObject object) {
    message(MessagePlan.of(node), object);
  }

  private void message(MessagePlan plan, JsonObject object) {
    List<Part> parts = plan.parts();
    for (int i = parts.size() - 1; i >= 0; i--) {
      Part part = parts.get(i);
      Field field = part.field();
      if (field != null) {
        field(part.number(), field, object.get(field.name()));
      } else if (part.embedded() != null) {
        int before = out.size();
        message(part.embedded(), object);
        out.closeMessage(part.number(), before);
      }
    }
  }

  private void field(int number, Field field, @Nullable Json value) {
    if (value != null && !(value instanceof Json.Null)) {
      value(number, field.node(), value);
    } else if (ZeroValues.writtenWhenAbsent(field)) {
      value(number, field.node(), ZeroValues.zero(field.node()));
    }
  }

  private void value(int number, SchemaNode node, Json value) {
    switch (node.kind()) {
      case TEXT -> out.text(number, text(number, value));
      case INT32, INT64 -> out.number(number, whole(number, value));
      case BOOLEAN -> out.number(number, value.equals(Json.Bool.TRUE) ? 1 : 0);
      case DOUBLE ->
          out.fixedDouble(
              number, value instanceof Json.Decimal(var d, _) ? d : whole(number, value));
      case BYTES -> out.byteString(number, bytes(text(number, value)));
      case MAP -> map(number, node.items(), object(number, value));
      case LIST -> list(number, node, value);
      case OBJECT, TIME, MICRO_TIME, QUANTITY, INT_OR_STRING, ANY -> {
        int before = out.size();
        content(number, node, value);
        out.closeMessage(number, before);
      }
    }
  }

  private void content(int number, SchemaNode node, Json value) {
    switch (node.kind()) {
      case OBJECT -> message(node, object(number, value));
      case TIME -> SpecialForms.writeTime(out, value, false);
      case MICRO_TIME -> SpecialForms.writeTime(out, value, true);
      case QUANTITY -> SpecialForms.writeQuantity(out, value);
      case INT_OR_STRING -> SpecialForms.writeIntOrString(out, value);
      case ANY -> any(node, value);
      case MAP, LIST, TEXT, INT32, INT64, DOUBLE, BOOLEAN, BYTES ->
          throw new IllegalStateException("content of %s (expected: a message)".formatted(node));
    }
  }

  private void any(SchemaNode node, Json value) {
    OneOf union = OneOf.of(node);
    if (union == null) {
      SpecialForms.writeRaw(out, value);
    } else {
      union.write(this, out, value);
    }
  }

  /// A list is its items one after the other; one with a type of its own is a message around them.
  private void list(int number, SchemaNode node, Json value) {
    if (!(value instanceof JsonArray array)) {
      throw wrong(number, "an array", value);
    }
    if (node.typeName().isEmpty()) {
      items(number, node.items(), array);
      return;
    }
    int before = out.size();
    items(WRAPPED, node.items(), array);
    out.closeMessage(number, before);
  }

  void items(int number, SchemaNode items, JsonArray array) {
    for (int i = array.size() - 1; i >= 0; i--) {
      Json item = array.at(i);
      value(number, items, item instanceof Json.Null ? ZeroValues.zero(items) : item);
    }
  }

  void single(int number, SchemaNode node, Json value) {
    value(number, node, value);
  }

  private void map(int number, SchemaNode values, JsonObject map) {
    String[] names = new String[map.size()];
    for (int i = 0; i < names.length; i++) {
      names[i] = map.nameAt(i);
    }
    Arrays.sort(names, Utf8Order.ASCENDING);
    for (int i = names.length - 1; i >= 0; i--) {
      int before = out.size();
      Json value = map.get(names[i]);
      boolean empty = value == null || value instanceof Json.Null;
      if (!empty || values.kind() != ValueKind.BYTES) {
        value(VALUE, values, empty || value == null ? ZeroValues.zero(values) : value);
      }
      out.text(KEY, names[i]);
      out.closeMessage(number, before);
    }
  }

  private static JsonObject object(int number, Json value) {
    if (value instanceof JsonObject object) {
      return object;
    }
    throw wrong(number, "an object", value);
  }

  private static String text(int number, Json value) {
    if (value instanceof Json.Text(var text)) {
      return text;
    }
    throw wrong(number, "text", value);
  }

  private static long whole(int number, Json value) {
    if (value instanceof Json.Whole(var whole)) {
      return whole;
    }
    throw wrong(number, "a whole number", value);
  }

  private static byte[] bytes(String base64) {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw new ProtobufException("bytes: %s (expected: base64)".formatted(e.getMessage()));
    }
  }

  private static ProtobufException wrong(int number, String expected, Json value) {
    return new ProtobufException(
        "value of field %d: %s (expected: %s)"
            .formatted(number, value.getClass().getSimpleName(), expected));
  }
}
