package dev.pintle.kube.instance;

import dev.pintle.kube.schema.Field;
import dev.pintle.kube.schema.SchemaNode;

/// The expressions of `x-kubernetes-validations` in a schema.
final class Expressions {
  private Expressions() {}

  /// Whether there are any, at the node or below.
  static boolean inSchema(SchemaNode node) {
    if (!node.rules().extensions().validations().isEmpty()) {
      return true;
    }
    // Metadata is of a built-in type, which has none.
    for (Field field : node.fields()) {
      if (field.node().typeName().isEmpty() && inSchema(field.node())) {
        return true;
      }
    }
    return node.hasItems() && inSchema(node.items());
  }
}
