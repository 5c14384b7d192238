package dev.pintle.kube.definition;

import dev.pintle.kube.instance.FieldReference;
import dev.pintle.kube.object.JsonObject;
import org.jspecify.annotations.Nullable;

/// The way of paths through schemas as they were written.
enum WrittenSteps implements FieldReference.Steps<JsonSchemaProps> {
  WRITTEN;

  @Override
  public boolean hasProperties(JsonSchemaProps schema) {
    return schema.has("properties");
  }

  @Override
  public @Nullable JsonSchemaProps property(JsonSchemaProps schema, String name) {
    return JsonSchemaProps.of(
        schema.json().object("properties") instanceof JsonObject properties
            ? properties.get(name)
            : null);
  }

  @Override
  public boolean hasAdditional(JsonSchemaProps schema) {
    return schema.hasAdditional();
  }

  @Override
  public @Nullable JsonSchemaProps additional(JsonSchemaProps schema) {
    return schema.additional();
  }
}
