package dev.pintle.kube.patch;

import dev.pintle.kube.schema.Field;
import dev.pintle.kube.schema.PatchStrategy;
import dev.pintle.kube.schema.SchemaNode;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The schema's word about merging one field.
///
/// @param node of the field's value
record MergedField(
    String name, SchemaNode node, Set<PatchStrategy> strategies, @Nullable String mergeKey) {

  /// @throws PatchException when the schema has no such field
  static MergedField of(String name, SchemaNode owner) throws PatchException {
    Field field = owner.field(name);
    if (field != null) {
      return new MergedField(name, field.node(), field.patchStrategies(), field.patchMergeKey());
    }
    if (owner.hasItems()) {
      return new MergedField(name, owner.items(), Set.of(), null);
    }
    if (owner.preservesUnknownFields()) {
      return new MergedField(name, owner, Set.of(), null);
    }
    throw PatchException.notApplicable(
        "unable to find api field in struct %s for the json field \"%s\""
            .formatted(owner.typeName(), name));
  }

  boolean merges() {
    return strategies.contains(PatchStrategy.MERGE);
  }

  boolean replaces() {
    return strategies.contains(PatchStrategy.REPLACE);
  }
}
