package dev.pintle.kube.protobuf;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonWriter;
import dev.pintle.kube.object.YamlWriter;
import dev.pintle.kube.protobuf.OpenApiMessages.Field;
import dev.pintle.kube.protobuf.OpenApiMessages.Message;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The writer of OpenAPI documents as the protobuf messages `openapi.v2.Document` and `openapi.v3.Document` of gnostic, in
/// which Kubernetes' clients ask for them. What a message wraps in more layers than JSON has is told by [#part]; all else
/// by the tables. Members go in the order of their numbers, plain values that are nothing (false, 0) not at all.
public final class OpenApiBinary {
  public static final String MEDIA_TYPE =
      "application/com.github.proto-openapi.spec.v2.v1.0+protobuf";

  public static final String VERSION_3_MEDIA_TYPE =
      "application/com.github.proto-openapi.spec.v3.v1.0+protobuf";

  private static final int ENTRY_NAME = 1;
  private static final int ENTRY_VALUE = 2;
  private static final int ANY_YAML = 2;

  private final String table;
  private final Map<String, Message> messages;
  private final ProtoOutput out = new ProtoOutput();

  /// Few values stand in many places.
  private final Map<Json, String> yaml = new HashMap<>();

  private OpenApiBinary(String table) {
    this.table = table;
    this.messages = OpenApiMessages.read(table);
  }

  /// @param document the whole of it, in JSON, of OpenAPI v2
  public static byte[] write(JsonObject document) {
    return new OpenApiBinary("openapi-v2.txt").whole(document);
  }

  /// @param document the whole of it, in JSON, of OpenAPI v3
  public static byte[] writeVersion3(JsonObject document) {
    return new OpenApiBinary("openapi-v3.txt").whole(document);
  }

  private byte[] whole(JsonObject document) {
    fields("Document", document);
    return out.toBytes();
  }

  /// One member of an object, and where it belongs.
  private record Member(Field field, boolean named, String name, Json value) {}

  /// From the last to the first, as the output wants it.
  private void fields(String name, JsonObject object) {
    Message message = messages.get(name);
    if (message == null) {
      throw new IllegalStateException(table + ": no message " + name);
    }
    List<Member> members = new ArrayList<>();
    for (int i = 0; i < object.size(); i++) {
      Member member = member(message, object.nameAt(i), object.valueAt(i));
      if (member != null) {
        members.add(member);
      }
    }
    members.sort(Comparator.comparingInt(member -> member.field().number()));
    for (Member member : members.reversed()) {
      Field field = member.field();
      if (member.named()) {
        entry(field.number(), member.name(), field.kind(), member.value());
      } else if (!isNothing(field.kind(), member.value())) {
        value(field.number(), field.kind(), member.value());
      }
    }
  }

  private static @Nullable Member member(Message message, String name, Json value) {
    Field field = message.fields().get(name);
    Field entries = message.entries();
    if (field != null) {
      return new Member(field, false, name, value);
    }
    if (message.extensions() > 0 && name.startsWith("x-")) {
      return new Member(new Field(message.extensions(), "any"), true, name, value);
    }
    return entries == null ? null : new Member(entries, true, name, value);
  }

  private static boolean isNothing(String kind, Json value) {
    return switch (kind) {
      case "text" -> text(value).isEmpty();
      case "flag" -> !value.equals(Json.of(true));
      case "whole", "real" -> Double.parseDouble(JsonWriter.text(value)) == 0;
      default -> false;
    };
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
        } else if (kind.endsWith("?")) {
          int before = out.size();
          boolean reference = isReference(value);
          value(
              reference ? 2 : 1,
              reference ? "Reference" : kind.substring(0, kind.length() - 1),
              value);
          out.closeMessage(number, before);
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
    out.text(ANY_YAML, yaml.computeIfAbsent(value, YamlWriter::text));
    out.closeMessage(number, before);
  }

  /// The content of a message; those that choose one of several have that one's number here.
  private void part(String kind, Json value) {
    switch (kind) {
      case "TypeItem", "StringArray" -> each(value, 1, "text");
      case "ItemsItem" -> each(value, 1, "Schema");
      case "SchemaList" -> each(value, 1, "Schema?");
      case "PlainValue" -> plain(value);
      case "SchemaOrFlag" -> {
        boolean schema = value instanceof JsonObject;
        value(schema ? 1 : 2, schema ? "Schema?" : "flag", value);
      }
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

  /// A default that has parts is written as nothing at all.
  private void plain(Json value) {
    switch (value) {
      case Json.Text _ -> value(3, "text", value);
      case Json.Bool _ -> value(2, "flag", value);
      case Json.Whole _, Json.Decimal _ -> value(1, "real", value);
      case JsonObject _, JsonArray _, Json.Null _ -> {}
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
