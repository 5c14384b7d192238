package dev.pintle.kube.definition;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.pattern.GoPattern;
import dev.pintle.kube.validation.FieldPath;
import java.util.List;

/// The parts under `allOf`, `anyOf`, `oneOf` and `not` only restrict values: they may not say what a value is.
final class NestedCheck {
  private static final List<String> EMPTY_TEXTS = List.of("title", "description");
  private static final List<String> FALSE =
      List.of(
          "nullable",
          "x-kubernetes-preserve-unknown-fields",
          "x-kubernetes-embedded-resource",
          "x-kubernetes-int-or-string");

  private final DefinitionErrors found;

  private NestedCheck(DefinitionErrors found) {
    this.found = found;
  }

  /// The restrictions of a schema that stands in the structure itself. Two forms that say "a number or a text" are let
  /// through, as it cannot be said otherwise.
  static void ofValues(JsonSchemaProps schema, FieldPath path, DefinitionErrors found) {
    List<JsonSchemaProps> all = schema.list("allOf");
    boolean first = !all.isEmpty() && isIntOrString(all.getFirst());
    new NestedCheck(found).values(schema, isIntOrString(schema), first, path);
  }

  private static boolean isIntOrString(JsonSchemaProps schema) {
    List<JsonSchemaProps> any = schema.list("anyOf");
    return any.size() == 2
        && any.getFirst().json().equals(new JsonObject().set("type", "integer"))
        && any.getLast().json().equals(new JsonObject().set("type", "string"));
  }

  private void values(
      JsonSchemaProps schema, boolean skipAny, boolean skipAnyOfFirst, FieldPath path) {
    if (!skipAny) {
      parts(schema, "anyOf", path);
    }
    List<JsonSchemaProps> all = schema.list("allOf");
    for (int i = 0; i < all.size(); i++) {
      nested(all.get(i), skipAnyOfFirst && i == 0, path.child("allOf").index(i));
    }
    parts(schema, "oneOf", path);
    JsonSchemaProps not = schema.not();
    if (not != null) {
      nested(not, false, path.child("not"));
    }
    String pattern = schema.text("pattern");
    String problem = GoPattern.problem(pattern);
    if (!problem.isEmpty()) {
      found.invalid(
          path.child("pattern"),
          pattern,
          "must be a valid regular expression, but isn't: error parsing regexp: " + problem);
    }
  }

  private void parts(JsonSchemaProps schema, String word, FieldPath path) {
    List<JsonSchemaProps> parts = schema.list(word);
    for (int i = 0; i < parts.size(); i++) {
      nested(parts.get(i), false, path.child(word).index(i));
    }
  }

  private void nested(JsonSchemaProps schema, boolean skipAny, FieldPath path) {
    values(schema, skipAny, false, path);
    JsonSchemaProps items = schema.items();
    if (items != null) {
      nested(items, false, path.child("items"));
    }
    schema
        .properties()
        .forEach((name, property) -> nested(property, false, path.child("properties").key(name)));
    forbid(!schema.type().isEmpty(), "type", "must be empty to be structural", path);
    forbid(
        schema.additional() != null || schema.isTrue("additionalProperties"),
        "additionalProperties",
        "must be undefined to be structural",
        path);
    forbid(
        schema.defaultValue() instanceof Json,
        "default",
        "must be undefined to be structural",
        path);
    for (String word : EMPTY_TEXTS) {
      forbid(!schema.text(word).isEmpty(), word, "must be empty to be structural", path);
    }
    for (String word : FALSE) {
      forbid(schema.isTrue(word), word, "must be false to be structural", path);
    }
    extensions(schema, path);
    if (schema.properties().containsKey("metadata")) {
      found.forbidden(
          path.child("properties").key("metadata"), "must not be specified in a nested context");
    }
  }

  private void extensions(JsonSchemaProps schema, FieldPath path) {
    String empty = "must be empty to be structural";
    String undefined = "must be undefined to be structural";
    forbid(schema.has("x-kubernetes-list-map-keys"), "x-kubernetes-list-map-keys", empty, path);
    forbid(schema.json().has("x-kubernetes-list-type"), "x-kubernetes-list-type", undefined, path);
    forbid(schema.json().has("x-kubernetes-map-type"), "x-kubernetes-map-type", undefined, path);
    forbid(schema.has("x-kubernetes-validations"), "x-kubernetes-validations", empty, path);
  }

  private void forbid(boolean present, String word, String rule, FieldPath path) {
    if (present) {
      found.forbidden(path.child(word), rule);
    }
  }
}
