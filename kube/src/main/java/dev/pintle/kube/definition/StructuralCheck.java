package dev.pintle.kube.definition;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.validation.FieldPath;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A structural schema says of every value what it is, once, outside of the parts that only restrict values.
final class StructuralCheck {
  /// The place of a schema within others.
  private enum Level {
    ROOT("must not be empty at the root"),
    ITEM("must not be empty for specified array items"),
    FIELD("must not be empty for specified object fields");

    private final String typeRule;

    Level(String typeRule) {
      this.typeRule = typeRule;
    }
  }

  private final DefinitionErrors found = new DefinitionErrors();

  private StructuralCheck() {}

  static DefinitionErrors check(JsonSchemaProps schema, FieldPath path) {
    StructuralCheck check = new StructuralCheck();
    check.invariants(schema, Level.ROOT, path);
    CompletenessCheck.check(schema, path, check.found);
    DefinitionErrors sorted = new DefinitionErrors();
    sorted.addAll(
        check.found.errors().stream()
            .sorted(Comparator.comparing(error -> error.field() + ": " + error.message()))
            .toList());
    return sorted;
  }

  private void invariants(JsonSchemaProps schema, Level level, FieldPath path) {
    JsonSchemaProps items = schema.items();
    if (schema.type().equals("array") && items == null) {
      found.required(path.child("items"), "must be specified");
    }
    if (items != null) {
      invariants(items, Level.ITEM, path.child("items"));
    }
    Map<String, JsonSchemaProps> properties = schema.properties();
    properties.forEach(
        (name, property) -> invariants(property, Level.FIELD, path.child("properties").key(name)));
    additional(schema, level, path);
    extensions(schema, path);
    NestedCheck.ofValues(schema, path, found);
    type(schema, level, path);
    boolean resource = level == Level.ROOT || schema.isEmbedded();
    if (resource) {
      requireText(properties.get("kind"), path.child("properties").key("kind"));
      requireText(properties.get("apiVersion"), path.child("properties").key("apiVersion"));
    }
    JsonSchemaProps metadata = properties.get("metadata");
    if (metadata != null) {
      metadata(metadata, resource, level, path.child("properties").key("metadata"));
    }
    if (schema.isEmbedded() && !schema.preserves() && properties.isEmpty()) {
      found.required(
          path.child("properties"),
          "must not be empty if x-kubernetes-embedded-resource is true without x-kubernetes-preserve-unknown-fields");
    }
  }

  private void additional(JsonSchemaProps schema, Level level, FieldPath path) {
    if (!schema.hasAdditional()) {
      return;
    }
    if (level == Level.ROOT) {
      found.forbidden(path.child("additionalProperties"), "must not be used at the root");
    }
    JsonSchemaProps additional = schema.additional();
    if (additional != null) {
      invariants(additional, Level.FIELD, path.child("additionalProperties"));
    }
  }

  private void extensions(JsonSchemaProps schema, FieldPath path) {
    String rule = "must be false if x-kubernetes-int-or-string is true";
    if (schema.isIntOrString() && schema.preserves()) {
      found.invalid(path.child("x-kubernetes-preserve-unknown-fields"), Json.of(true), rule);
    }
    if (schema.isIntOrString() && schema.isEmbedded()) {
      found.invalid(path.child("x-kubernetes-embedded-resource"), Json.of(true), rule);
    }
  }

  private void type(JsonSchemaProps schema, Level level, FieldPath path) {
    String type = schema.type();
    FieldPath place = path.child("type");
    if (schema.isEmbedded() && !type.equals("object")) {
      String rule = "must be object if x-kubernetes-embedded-resource is true";
      if (type.isEmpty()) {
        found.required(place, rule);
      } else {
        found.invalid(place, type, rule);
      }
    } else if (type.isEmpty() && !schema.isIntOrString() && !schema.preserves()) {
      found.required(place, level.typeRule);
    }
    if (schema.isEmbedded() && schema.hasAdditional()) {
      found.forbidden(
          path.child("additionalProperties"),
          "must not be used if x-kubernetes-embedded-resource is set");
    }
    if (level == Level.ROOT && !type.isEmpty() && !type.equals("object")) {
      found.invalid(place, type, "must be object at the root");
    }
  }

  private void requireText(@Nullable JsonSchemaProps property, FieldPath path) {
    if (property != null && !property.type().equals("string")) {
      found.invalid(path.child("type"), property.type(), "must be string");
    }
  }

  /// Of an object's own metadata a schema may restrict the names, nothing else.
  private void metadata(JsonSchemaProps metadata, boolean resource, Level level, FieldPath path) {
    if (resource && !metadata.type().equals("object")) {
      found.invalid(path.child("type"), metadata.type(), "must be object");
    }
    if (level != Level.ROOT) {
      return;
    }
    JsonObject rest = metadata.json().copy();
    rest.remove("type");
    rest.remove("default");
    Map<String, JsonSchemaProps> properties = metadata.properties();
    if (List.of("name", "generateName").containsAll(properties.keySet())) {
      rest.remove("properties");
    }
    JsonSchemaProps left = new JsonSchemaProps(rest);
    boolean more = false;
    for (JsonObject.Field field : rest) {
      more |= left.has(field.name());
    }
    if (more) {
      found.forbidden(
          path,
          "must not specify anything other than name and generateName, but metadata is implicitly specified");
    }
  }
}
