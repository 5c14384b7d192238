package dev.pintle.kube.definition;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.validation.FieldPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The spec of a definition, with what all versions say alike told apart from what each says for itself.
record DefinitionSpec(JsonSchemaProps props, List<JsonSchemaProps> versions) {
  static final FieldPath PATH = FieldPath.of("spec");

  static DefinitionSpec of(JsonObject definition) {
    JsonSchemaProps props = new JsonSchemaProps(definition.objectOrEmpty("spec"));
    return new DefinitionSpec(props, props.list("versions"));
  }

  /// Whether every version has the same under `field`, or none has anything.
  boolean isShared(String field) {
    for (JsonSchemaProps version : versions) {
      if (!Objects.equals(meaning(version, field), meaning(versions.getFirst(), field))) {
        return false;
      }
    }
    return true;
  }

  /// What all versions have under `field`; null when they differ or have nothing.
  @Nullable Json shared(String field) {
    return versions.isEmpty() || !isShared(field) ? null : meaning(versions.getFirst(), field);
  }

  /// What one version has under `field` that not all have.
  @Nullable Json own(JsonSchemaProps version, String field) {
    return isShared(field) ? null : meaning(version, field);
  }

  private static @Nullable Json meaning(JsonSchemaProps version, String field) {
    Json value = version.json().get(field);
    boolean empty =
        value instanceof Json.Null || (value instanceof JsonArray list && list.isEmpty());
    return empty ? null : value;
  }

  static FieldPath versionPath(int index) {
    return PATH.child("versions").index(index);
  }

  /// Every schema, of all versions.
  List<JsonSchemaProps> schemas() {
    List<JsonSchemaProps> schemas = new ArrayList<>();
    for (JsonSchemaProps version : versions) {
      if (schemaIn(version.json().get("schema")) instanceof JsonSchemaProps schema) {
        schemas.add(schema);
      }
    }
    return schemas;
  }

  static @Nullable JsonSchemaProps schemaIn(@Nullable Json holder) {
    return holder instanceof JsonObject object
        ? JsonSchemaProps.of(object.get("openAPIV3Schema"))
        : null;
  }

  boolean anyHasStatus() {
    return versions.stream().anyMatch(version -> hasStatus(version.json().get("subresources")));
  }

  static boolean hasStatus(@Nullable Json subresources) {
    return subresources instanceof JsonObject object && object.object("status") != null;
  }

  String group() {
    return props.text("group");
  }

  JsonSchemaProps names() {
    return new JsonSchemaProps(props.json().objectOrEmpty("names"));
  }
}
