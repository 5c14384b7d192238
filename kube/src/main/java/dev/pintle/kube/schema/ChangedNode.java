package dev.pintle.kube.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The change of one field somewhere below a node; the node itself stays as it is.
final class ChangedNode {
  private ChangedNode() {}

  /// @param put what stands there, null when nothing shall
  static SchemaNode of(SchemaNode node, List<String> path, @Nullable SchemaNode put) {
    if (node.kind() == ValueKind.LIST || node.kind() == ValueKind.MAP) {
      return copy(
          node,
          () ->
              new SchemaNode.Parts(
                  FieldTable.EMPTY, () -> of(node.items(), path, put), node::description));
    }
    return copy(
        node, () -> new SchemaNode.Parts(fields(node, path, put), items(node), node::description));
  }

  static SchemaNode at(SchemaNode node, List<String> path) {
    if (path.isEmpty()) {
      return node;
    }
    if (node.kind() == ValueKind.LIST || node.kind() == ValueKind.MAP) {
      return at(node.items(), path);
    }
    Field field = node.field(path.getFirst());
    if (field == null) {
      throw new IllegalArgumentException("%s has no field %s".formatted(node, path.getFirst()));
    }
    return at(field.node(), rest(path));
  }

  private static SchemaNode copy(SchemaNode node, Supplier<SchemaNode.Parts> parts) {
    return new SchemaNode(
        new SchemaNode.Head(node.kind(), node.typeName(), node.ownership(), node.rules()), parts);
  }

  private static @Nullable Supplier<SchemaNode> items(SchemaNode node) {
    return node.hasItems() ? node::items : null;
  }

  private static FieldTable fields(SchemaNode node, List<String> path, @Nullable SchemaNode put) {
    String name = path.getFirst();
    boolean last = path.size() == 1;
    List<Field> fields = new ArrayList<>();
    for (Field field : node.fields()) {
      if (!field.name().equals(name)) {
        fields.add(field);
      } else if (!last) {
        fields.add(field.holding(() -> of(field.node(), rest(path), put)));
      } else if (put != null) {
        fields.add(field.holding(() -> put));
      }
    }
    if (put != null && node.field(name) == null) {
      fields.add(Field.of(name, last ? put : of(SchemaNode.of(), rest(path), put)));
    }
    return new FieldTable(fields);
  }

  private static List<String> rest(List<String> path) {
    return path.subList(1, path.size());
  }
}
