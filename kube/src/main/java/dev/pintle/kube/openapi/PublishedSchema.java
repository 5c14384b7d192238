package dev.pintle.kube.openapi;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The writer of a definition's schema as documents have it: nearly as it was written, without words that say nothing.
///
/// V2 has no words for alternatives and nullable values, and its readers take what is said of an object for all that it
/// may have: where unknown fields stay nothing is said.
final class PublishedSchema {
  private static final String KEEPS_UNKNOWN = "x-kubernetes-preserve-unknown-fields";
  private static final String EMBEDDED = "x-kubernetes-embedded-resource";
  private static final String INT_OR_STRING = "x-kubernetes-int-or-string";

  private static final Set<String> FLAGS =
      Set.of(
          "exclusiveMaximum",
          "exclusiveMinimum",
          "nullable",
          "uniqueItems",
          KEEPS_UNKNOWN,
          EMBEDDED,
          INT_OR_STRING);
  private static final Set<String> TEXTS =
      Set.of(
          "description",
          "format",
          "pattern",
          "title",
          "type",
          "x-kubernetes-list-type",
          "x-kubernetes-map-type");
  private static final Set<String> LISTS =
      Set.of("enum", "required", "x-kubernetes-list-map-keys", "x-kubernetes-validations");
  private static final Set<String> VALUES =
      Set.of(
          "default",
          "example",
          "externalDocs",
          "maxItems",
          "maxLength",
          "maxProperties",
          "maximum",
          "minItems",
          "minLength",
          "minProperties",
          "minimum",
          "multipleOf");
  private static final Set<String> COMBINATIONS = Set.of("allOf", "anyOf", "oneOf", "not");

  private static final Map<String, String> EMBEDDED_WORDS =
      Map.of(
          "apiVersion",
          "apiVersion defines the versioned schema of this representation of an object. More info: "
              + "https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#resources",
          "kind",
          "kind is a string value representing the type of this object. In CamelCase. More info: "
              + "https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#types-kinds");

  private final OpenApiVersion dialect;
  private final Function<String, JsonObject> common;

  /// @param common how a field that every object has is described
  PublishedSchema(OpenApiVersion dialect, Function<String, JsonObject> common) {
    this.dialect = dialect;
    this.common = common;
  }

  /// The schema of a whole object.
  JsonObject whole(JsonObject schema) {
    if (dialect == OpenApiVersion.V2 && schema.isTrue(KEEPS_UNKNOWN)) {
      return new JsonObject().set("type", "object");
    }
    JsonObject text = structural(schema);
    JsonObject properties = text.objectAt("properties");
    for (String name : new String[] {"apiVersion", "kind", "metadata"}) {
      properties.set(name, common.apply(name));
    }
    return text;
  }

  private JsonObject structural(JsonObject schema) {
    JsonObject said = dialect == OpenApiVersion.V2 ? inVersion2(schema) : unfolded(schema);
    JsonObject text = new JsonObject();
    for (JsonObject.Field field : said) {
      Json published = published(field.name(), field.value(), this::structural);
      if (published != null) {
        text.set(field.name(), published);
      }
    }
    boolean silent = dialect == OpenApiVersion.V2 && schema.isTrue(KEEPS_UNKNOWN);
    if (schema.isTrue(EMBEDDED) && !silent) {
      embedded(text);
    }
    return text;
  }

  /// A schema below `allOf` and its like, which describes no shape.
  private JsonObject nested(JsonObject schema) {
    JsonObject text = new JsonObject();
    for (JsonObject.Field field : schema) {
      Json published = published(field.name(), field.value(), this::nested);
      if (published != null) {
        text.set(field.name(), published);
      }
    }
    return text;
  }

  /// What becomes of one word; null when it is not published.
  private @Nullable Json published(
      String word, Json value, Function<JsonObject, JsonObject> inner) {
    if (word.equals("items") || word.equals("additionalProperties")) {
      return value instanceof JsonObject schema ? inner.apply(schema) : value;
    }
    if (word.equals("properties")) {
      return properties(value, inner);
    }
    if (COMBINATIONS.contains(word)) {
      return combination(value);
    }
    boolean says =
        (FLAGS.contains(word) && value.equals(Json.of(true)))
            || (TEXTS.contains(word) && value instanceof Json.Text(String text) && !text.isEmpty())
            || (LISTS.contains(word) && value instanceof JsonArray list && !list.isEmpty())
            || (VALUES.contains(word) && !(value instanceof Json.Null));
    return says ? value : null;
  }

  private static @Nullable Json properties(Json value, Function<JsonObject, JsonObject> inner) {
    if (!(value instanceof JsonObject properties) || properties.isEmpty()) {
      return null;
    }
    JsonObject text = new JsonObject();
    for (JsonObject.Field property : properties) {
      if (property.value() instanceof JsonObject schema) {
        text.set(property.name(), inner.apply(schema));
      }
    }
    return text;
  }

  private @Nullable Json combination(Json value) {
    return switch (value) {
      case JsonObject schema -> nested(schema);
      case JsonArray list when !list.isEmpty() -> {
        JsonArray all = new JsonArray();
        for (Json item : list) {
          all.add(item instanceof JsonObject schema ? nested(schema) : item);
        }
        yield all;
      }
      case JsonArray _, Json.Text _, Json.Whole _, Json.Decimal _, Json.Bool _, Json.Null _ -> null;
    };
  }

  private static JsonArray integerOrString() {
    return JsonArray.of(
        new JsonObject().set("type", "integer"), new JsonObject().set("type", "string"));
  }

  /// What is an integer or a text says so in words that every reader of schemas knows.
  private static JsonObject unfolded(JsonObject schema) {
    JsonArray any = schema.arrayOrEmpty("anyOf");
    JsonArray all = schema.arrayOrEmpty("allOf");
    boolean saysSo =
        any.equals(integerOrString())
            || (!all.isEmpty()
                && all.at(0) instanceof JsonObject first
                && first.arrayOrEmpty("anyOf").equals(integerOrString()));
    if (!schema.isTrue(INT_OR_STRING) || saysSo) {
      return schema;
    }
    JsonObject unfolded = schema.copy();
    if (any.isEmpty()) {
      return unfolded.set("anyOf", integerOrString());
    }
    JsonArray more = JsonArray.of(new JsonObject().set("anyOf", integerOrString()));
    all.forEach(more::add);
    return unfolded.set("allOf", more);
  }

  private static JsonObject inVersion2(JsonObject schema) {
    boolean nullable = schema.isTrue("nullable");
    boolean open = schema.isTrue(KEEPS_UNKNOWN);
    Set<String> gone = new HashSet<>(COMBINATIONS);
    gone.add("default");
    gone.add("nullable");
    if (nullable || open) {
      gone.add("items");
      gone.add("properties");
    }
    String type = schema.textOrEmpty("type");
    boolean withoutItems = type.equals("array") && (open || schema.object("items") == null);
    if (nullable || withoutItems || (open && type.equals("object"))) {
      gone.add("type");
    }
    JsonObject values = schema.object("additionalProperties");
    if (values != null && values.isTrue("nullable")) {
      gone.add("required");
    }
    JsonObject said = new JsonObject();
    for (JsonObject.Field field : schema) {
      if (!gone.contains(field.name())) {
        said.set(field.name(), field.value());
      }
    }
    JsonObject properties = said.object("properties");
    if (properties != null && said.array("required") != null) {
      said.set("required", withoutNullable(said.arrayOrEmpty("required"), properties));
    }
    return said;
  }

  private static JsonArray withoutNullable(JsonArray required, JsonObject properties) {
    JsonArray left = new JsonArray();
    for (Json name : required) {
      JsonObject property = name instanceof Json.Text(String text) ? properties.object(text) : null;
      if (property == null || !property.isTrue("nullable")) {
        left.add(name);
      }
    }
    return left;
  }

  /// The fields that an object of the API has wherever it stands.
  private void embedded(JsonObject text) {
    JsonObject properties = text.objectAt("properties");
    EMBEDDED_WORDS.forEach((name, words) ->
        properties.set(name, new JsonObject().set("description", words).set("type", "string")));
    properties.set("metadata", common.apply("metadata"));
    JsonArray given = text.arrayOrEmpty("required");
    JsonArray required = given.copy();
    for (String name : new String[] {"kind", "apiVersion"}) {
      boolean there = false;
      for (Json each : given) {
        there |= each.equals(Json.of(name));
      }
      if (!there) {
        required.add(Json.of(name));
      }
    }
    text.set("required", required);
  }
}
