package dev.pintle.kube.patch;

import dev.pintle.kube.object.GoText;
import dev.pintle.kube.schema.Field;
import dev.pintle.kube.schema.PatchStrategy;
import dev.pintle.kube.schema.SchemaNode;
import dev.pintle.kube.schema.ValueKind;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The schema's word about merging one field.
///
/// @param node of the field's value
record MergedField(
    String name, SchemaNode node, Set<PatchStrategy> strategies, @Nullable String mergeKey) {

  /// @throws PatchException when the schema has no such field
  static MergedField of(String name, SchemaNode owner) throws PatchException {
    Field field = folded(owner, name);
    if (field != null && owner.kind() == ValueKind.OBJECT) {
      return new MergedField(name, field.node(), field.patchStrategies(), field.patchMergeKey());
    }
    if (owner.kind() == ValueKind.MAP) {
      throw PatchException.unforeseen(
          "merging an object in json but data type is not struct, instead is: map");
    }
    String type = owner.typeName();
    throw PatchException.unforeseen(
        "unable to find api field in struct %s for the json field %s"
            .formatted(type.substring(type.lastIndexOf('.') + 1), GoText.quote(name)));
  }

  /// Go takes a name in other cases for one that it does not know.
  private static @Nullable Field folded(SchemaNode owner, String name) {
    Field exact = owner.field(name);
    if (exact != null || owner.kind() != ValueKind.OBJECT) {
      return exact;
    }
    for (Field field : owner.fields()) {
      if (field.name().equalsIgnoreCase(name)) {
        return field;
      }
    }
    return null;
  }

  /// As [#of], of a field that is a list.
  static MergedField ofList(String name, SchemaNode owner) throws PatchException {
    MergedField merged = of(name, owner);
    Field field = folded(owner, name);
    // What a pointer leads to is taken for a list.
    boolean pointer = field != null && field.omitPolicy().isPointer();
    if (merged.node().kind() != ValueKind.LIST && !pointer) {
      throw PatchException.unforeseen("expected slice or array type, but got: struct");
    }
    return merged;
  }

  boolean merges() {
    return strategies.contains(PatchStrategy.MERGE);
  }

  boolean replaces() {
    return strategies.contains(PatchStrategy.REPLACE);
  }
}
