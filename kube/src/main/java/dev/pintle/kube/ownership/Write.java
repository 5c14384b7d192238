package dev.pintle.kube.ownership;

import dev.pintle.kube.schema.GroupVersionKind;
import dev.pintle.kube.schema.SchemaNode;

/// A write as its owner sees it.
///
/// @param kind of what is written
/// @param hasStatus whether the status of the kind has a path of its own
/// @param subresource through which it is written, empty for the object itself
/// @param manager who writes
public record Write(
    GroupVersionKind kind,
    SchemaNode schema,
    boolean hasStatus,
    String subresource,
    String manager) {
  String apiVersion() {
    return kind.groupVersion().text();
  }

  MergeGranularity grain() {
    return MergeGranularity.of(schema);
  }

  boolean isCustom() {
    return schema.typeName().isEmpty();
  }

  Writer updating() {
    return Writer.updating(manager, apiVersion(), subresource);
  }

  Writer applying() {
    return Writer.applying(manager, subresource);
  }

  Write by(String otherManager) {
    return new Write(kind, schema, hasStatus, subresource, otherManager);
  }
}
