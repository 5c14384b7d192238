package dev.pintle.kube.definition;

import dev.pintle.kube.crd.SchemaReader;
import dev.pintle.kube.instance.CustomResourceCheck;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.schema.SchemaNode;
import dev.pintle.kube.validation.FieldPath;

/// A default is a value that the schema itself accepts, without anything that it does not know.
final class DefaultsCheck {
  private final DefinitionErrors found = new DefinitionErrors();

  private DefaultsCheck() {}

  static DefinitionErrors check(JsonSchemaProps schema, FieldPath path) {
    DefaultsCheck check = new DefaultsCheck();
    check.schema(schema, path);
    return check.found;
  }

  /// Not below `additionalProperties`: no defaults may stand there.
  private void schema(JsonSchemaProps schema, FieldPath path) {
    Json value = schema.defaultValue();
    if (value != null) {
      SchemaNode node = SchemaReader.read(schema.json());
      if (CustomResourceCheck.hasUnknownFields(node, value)) {
        found.invalid(path.child("default"), value, "must not have unknown fields");
      }
      found.addAll(CustomResourceCheck.ofValue(node, value, path.child("default")));
    }
    JsonSchemaProps items = schema.items();
    if (items != null) {
      schema(items, path.child("items"));
    }
    schema
        .properties()
        .forEach((name, property) -> schema(property, path.child("properties").key(name)));
  }
}
