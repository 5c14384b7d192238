package dev.pintle.kube.protobuf;

import dev.pintle.kube.schema.BuiltInTypes;
import dev.pintle.kube.schema.SchemaNode;
import dev.pintle.kube.schema.ValueKind;

/// The type of a schema inside a custom resource definition.
final class SchemaSchema {
  static final SchemaNode TEXT = SchemaNode.of(ValueKind.TEXT);

  private static final String NAME =
      "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaProps";

  private static final class Loaded {
    static final SchemaNode NODE = BuiltInTypes.load().definition(NAME);
  }

  private SchemaSchema() {}

  static SchemaNode node() {
    return Loaded.NODE;
  }
}
