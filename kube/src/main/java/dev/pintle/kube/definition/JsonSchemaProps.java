package dev.pintle.kube.definition;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A schema as it was written, read by name. What is absent, null or empty is the same, as it is in Go.
record JsonSchemaProps(JsonObject json) {

  static @Nullable JsonSchemaProps of(@Nullable Json value) {
    return value instanceof JsonObject object ? new JsonSchemaProps(object) : null;
  }

  String text(String name) {
    return json.textOrEmpty(name);
  }

  String type() {
    return text("type");
  }

  boolean isTrue(String name) {
    return Json.Bool.TRUE.equals(json.get(name));
  }

  boolean isFalse(String name) {
    return Json.Bool.FALSE.equals(json.get(name));
  }

  /// Whether a field has a value that Go would not leave out.
  boolean has(String name) {
    return switch (json.get(name)) {
      case null -> false;
      case Json.Null _ -> false;
      case Json.Bool(boolean value) -> value;
      case Json.Text(String text) -> !text.isEmpty();
      case JsonArray list -> !list.isEmpty();
      case JsonObject object -> !object.isEmpty() || !MAPS.contains(name);
      case Json.Whole _, Json.Decimal _ -> true;
    };
  }

  private static final List<String> MAPS =
      List.of("properties", "patternProperties", "definitions", "dependencies");

  @Nullable JsonSchemaProps items() {
    return of(json.get("items"));
  }

  /// The schemas by name.
  Map<String, JsonSchemaProps> properties() {
    return map("properties");
  }

  Map<String, JsonSchemaProps> map(String name) {
    Map<String, JsonSchemaProps> map = new LinkedHashMap<>();
    if (json.object(name) instanceof JsonObject object) {
      for (JsonObject.Field field : object) {
        if (field.value() instanceof JsonObject schema) {
          map.put(field.name(), new JsonSchemaProps(schema));
        }
      }
    }
    return map;
  }

  boolean hasAdditional() {
    Json value = json.get("additionalProperties");
    return value instanceof JsonObject || value instanceof Json.Bool;
  }

  @Nullable JsonSchemaProps additional() {
    return of(json.get("additionalProperties"));
  }

  List<JsonSchemaProps> list(String name) {
    List<JsonSchemaProps> list = new ArrayList<>();
    if (json.array(name) instanceof JsonArray array) {
      for (Json item : array) {
        if (item instanceof JsonObject schema) {
          list.add(new JsonSchemaProps(schema));
        }
      }
    }
    return list;
  }

  @Nullable JsonSchemaProps not() {
    return of(json.get("not"));
  }

  List<String> texts(String name) {
    return json.texts(name);
  }

  @Nullable Json defaultValue() {
    return json.get("default") instanceof Json value && !(value instanceof Json.Null)
        ? value
        : null;
  }

  boolean hasDefault() {
    return defaultValue() != null;
  }

  boolean preserves() {
    return isTrue("x-kubernetes-preserve-unknown-fields");
  }

  boolean isEmbedded() {
    return isTrue("x-kubernetes-embedded-resource");
  }

  boolean isIntOrString() {
    return isTrue("x-kubernetes-int-or-string");
  }

  String listType() {
    return text("x-kubernetes-list-type");
  }
}
