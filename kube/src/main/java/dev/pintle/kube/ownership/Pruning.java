package dev.pintle.kube.ownership;

import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.SchemaNode;
import java.util.LinkedHashMap;
import java.util.Map;

/// The removal of what a manager asked for last time and asks for no more, unless somebody else owns it. Every owner is
/// asked in the version in which its paths are meant.
///
/// @param owners with what the manager asks for now
record Pruning(Write write, VersionedSchemas versions, ManagedFieldsEntries owners) {

  JsonObject prune(JsonObject merged, ManagedFieldsEntries.Owned last) {
    String version = last.apiVersion();
    SchemaNode schema = versions.schema(write, version);
    if (schema == null) {
      return merged;
    }
    MergeGranularity grain = MergeGranularity.of(schema);
    JsonObject whole = versions.convert(write, merged, write.apiVersion(), version);
    FieldSet dropped = grain.withFields(last.fields());
    JsonObject kept = withOwned(whole, FieldRemoval.paths(grain, whole, dropped), version);
    FieldSet gone = mentioned(grain, whole).difference(mentioned(grain, kept));
    JsonObject pruned = FieldRemoval.paths(grain, whole, gone.intersection(dropped));
    return versions.convert(write, pruned, version, write.apiVersion());
  }

  /// Puts back what somebody owns, the applying manager by its new configuration among them.
  private JsonObject withOwned(JsonObject whole, JsonObject pruned, String version) {
    JsonObject kept = pruned;
    for (Map.Entry<String, FieldSet> owned : byVersion(version).entrySet()) {
      String other = owned.getKey();
      SchemaNode schema = versions.schema(write, other);
      if (schema != null) {
        JsonObject restored =
            restored(
                MergeGranularity.of(schema),
                versions.convert(write, whole, version, other),
                versions.convert(write, kept, version, other),
                owned.getValue());
        kept = versions.convert(write, restored, other, version);
      }
    }
    return kept;
  }

  /// What is owned in each version, beginning with the one that was pruned: what a conversion needs is back before it.
  private Map<String, FieldSet> byVersion(String first) {
    Map<String, FieldSet> owned = new LinkedHashMap<>();
    owned.put(first, FieldSet.EMPTY);
    owners
        .all()
        .values()
        .forEach(one -> owned.merge(one.apiVersion(), one.fields(), FieldSet::union));
    return owned;
  }

  private static JsonObject restored(
      MergeGranularity grain, JsonObject whole, JsonObject pruned, FieldSet owned) {
    FieldSet kept = mentioned(grain, pruned).union(grain.withFields(owned));
    return FieldRemoval.paths(grain, whole, mentioned(grain, whole).difference(kept));
  }

  private static FieldSet mentioned(MergeGranularity grain, JsonObject object) {
    return grain.withFields(ObjectFieldSet.in(grain, object));
  }
}
