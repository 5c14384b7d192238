package dev.pintle.kube.protobuf;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonWriter;
import dev.pintle.kube.protobuf.OpenApiMessages.Field;
import dev.pintle.kube.protobuf.OpenApiMessages.Message;
import java.util.Map;

/// The writer of the OpenAPI v2 document as the protobuf message `openapi.v2.Document` of gnostic, in which Kubernetes'
/// clients ask for it. What the message wraps in more layers than JSON has is told by [#part]; all else by the table.
public final class OpenApiBinary {
  public static final String MEDIA_TYPE =
      "application/com.github.proto-openapi.spec.v2.v1.0+protobuf";

  private static final int ENTRY_NAME = 1;
  private static final int ENTRY_VALUE = 2;
  private static final int ANY_YAML = 2;

  private final Map<String, Message> messages = OpenApiMessages.read();
  private final ProtoOutput out = new ProtoOutput();

  private OpenApiBinary() {}

  /// @param document the whole of it, in JSON
  public static byte[] write(JsonObject document) {
    OpenApiBinary writer = new OpenApiBinary();
    writer.fields("Document", document);
    return writer.out.toBytes();
  }

  /// From the last to the first, as the output wants it.
  private void fields(String name, JsonObject object) {
    Message message = messages.get(name);
    if (message == null) {
      throw new IllegalStateException("openapi-v2.txt: no message " + name);
    }
    for (int i = object.size() - 1; i >= 0; i--) {
      field(message, object.nameAt(i), object.valueAt(i));
    }
  }

  private void field(Message message, String name, Json value) {
    Field field = message.fields().get(name);
    Field entries = message.entries();
    if (field != null) {
      value(field.number(), field.kind(), value);
    } else if (message.extensions() > 0 && name.startsWith("x-")) {
      entry(message.extensions(), name, "any", value);
    } else if (entries != null) {
      entry(entries.number(), name, entries.kind(), value);
    }
  }

  private void entry(int number, String name, String kind, Json value) {
    int before = out.size();
    value(ENTRY_VALUE, kind, value);
    out.text(ENTRY_NAME, name);
    out.closeMessage(number, before);
  }

  private void value(int number, String kind, Json value) {
    switch (kind) {
      case "text" -> out.text(number, text(value));
      case "flag" -> out.number(number, value.equals(Json.of(true)) ? 1 : 0);
      case "whole" -> out.number(number, value instanceof Json.Whole(var whole) ? whole : 0);
      case "real" -> out.fixedDouble(number, Double.parseDouble(JsonWriter.text(value)));
      case "texts" -> each(value, number, "text");
      case "any" -> any(number, value);
      case "anys" -> each(value, number, "any");
      default -> {
        if (kind.endsWith("*")) {
          each(value, number, kind.substring(0, kind.length() - 1));
        } else {
          int before = out.size();
          part(kind, value);
          out.closeMessage(number, before);
        }
      }
    }
  }

  private void each(Json values, int number, String kind) {
    if (values instanceof JsonArray array) {
      for (int i = array.size() - 1; i >= 0; i--) {
        value(number, kind, array.at(i));
      }
    } else {
      value(number, kind, values);
    }
  }

  /// Any value goes as YAML, of which JSON is a part.
  private void any(int number, Json value) {
    int before = out.size();
    out.text(ANY_YAML, JsonWriter.text(value) + "\n");
    out.closeMessage(number, before);
  }

  /// The content of a message; those that choose one of several have that one's number here.
  private void part(String kind, Json value) {
    switch (kind) {
      case "TypeItem", "StringArray" -> each(value, 1, "text");
      case "ItemsItem" -> each(value, 1, "Schema");
      case "SchemaItem" -> value(1, "Schema", value);
      case "SecurityDefinition" -> value(2, "ApiKeySecurity", value);
      case "AdditionalProperties" -> {
        boolean schema = value instanceof JsonObject;
        value(schema ? 1 : 2, schema ? "Schema" : "flag", value);
      }
      case "ResponseValue" -> {
        boolean reference = isReference(value);
        value(reference ? 2 : 1, reference ? "JsonReference" : "Response", value);
      }
      case "ParametersItem" -> {
        boolean reference = isReference(value);
        value(reference ? 2 : 1, reference ? "JsonReference" : "Parameter", value);
      }
      case "Parameter" -> {
        boolean body = "body".equals(place(value));
        value(body ? 1 : 2, body ? "BodyParameter" : "NonBodyParameter", value);
      }
      case "NonBodyParameter" -> {
        switch (place(value)) {
          case "header" -> value(1, "HeaderParameter", value);
          case "path" -> value(4, "HeaderParameter", value);
          default -> value(3, "QueryParameter", value);
        }
      }
      default -> {
        if (value instanceof JsonObject object) {
          fields(kind, object);
        }
      }
    }
  }

  private static boolean isReference(Json value) {
    return value instanceof JsonObject object && object.has("$ref");
  }

  private static String place(Json parameter) {
    return parameter instanceof JsonObject object ? object.textOrEmpty("in") : "";
  }

  private static String text(Json value) {
    return value instanceof Json.Text(var text) ? text : JsonWriter.text(value);
  }
}
