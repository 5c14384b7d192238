package dev.pintle.kube.instance;

import dev.pintle.kube.schema.Field;
import dev.pintle.kube.schema.SchemaNode;
import org.jspecify.annotations.Nullable;

/// The way of paths through schemas that were read.
enum NodeSteps implements FieldReference.Steps<SchemaNode> {
  NODES;

  @Override
  public boolean hasProperties(SchemaNode schema) {
    return schema.fields().size() > 0;
  }

  @Override
  public @Nullable SchemaNode property(SchemaNode schema, String name) {
    Field field = schema.field(name);
    return field == null ? null : field.node();
  }

  @Override
  public boolean hasAdditional(SchemaNode schema) {
    return schema.valuesOfObject() != null;
  }

  @Override
  public @Nullable SchemaNode additional(SchemaNode schema) {
    SchemaNode values = schema.valuesOfObject();
    return values == SchemaNode.OPEN ? null : values;
  }
}
