package dev.pintle.kube.verb;

import dev.pintle.kube.schema.Column;
import dev.pintle.kube.schema.Field;
import dev.pintle.kube.schema.GenerationRule;
import dev.pintle.kube.schema.GroupVersionKind;
import dev.pintle.kube.schema.ResourceNames;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.schema.SchemaNode;
import dev.pintle.kube.schema.StorageStrategy;
import java.util.List;
import java.util.Set;

/// The resource types of `Scale` objects, for their tables. They are never stored, so no list of resources has them; those
/// of custom resources are described in other words than those of built-in kinds.
final class ScaleTypes {
  private static final StorageStrategy NOWHERE =
      new StorageStrategy("", "", false, false, GenerationRule.NONE);

  private ScaleTypes() {}

  static ResourceType type(GroupVersionKind kind, SchemaNode schema, boolean custom) {
    ResourceType.Serving serving =
        new ResourceType.Serving(
            Set.of(), List.of(), NOWHERE, columns(schema, custom), List.of(), null);
    ResourceNames names =
        new ResourceNames("scales", "scale", kind.kind(), "ScaleList", List.of(), List.of());
    return new ResourceType(kind.groupVersion(), names, true, serving, () -> schema);
  }

  private static List<Column> columns(SchemaNode schema, boolean custom) {
    String desired =
        custom ? "Number of desired replicas" : description(schema, "spec", "replicas");
    String available =
        custom ? "Number of actual replicas" : description(schema, "status", "replicas");
    return List.of(
        new Column(
            "Name",
            "string",
            custom ? "name" : "",
            description(schema, "metadata", "name"),
            0,
            ".metadata.name"),
        new Column("Desired", "integer", "", desired, 0, "number(.spec.replicas)"),
        new Column("Available", "integer", "", available, 0, "number(.status.replicas)"),
        new Column(
            "Age",
            custom ? "date" : "string",
            "",
            description(schema, "metadata", "creationTimestamp"),
            0,
            "age(.metadata.creationTimestamp)"));
  }

  private static String description(SchemaNode schema, String structure, String name) {
    Field outer = schema.field(structure);
    Field inner = outer == null ? null : outer.node().field(name);
    return inner == null ? "" : inner.description();
  }
}
