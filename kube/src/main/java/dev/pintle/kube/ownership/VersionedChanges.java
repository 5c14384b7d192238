package dev.pintle.kube.ownership;

import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.SchemaNode;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One change of an object, compared in each version that an entry asks for.
final class VersionedChanges {
  private final Write write;
  private final VersionedSchemas versions;
  private final FieldSet reset;
  private final JsonObject old;
  private final JsonObject next;
  private final Comparison own;
  private final Map<String, Comparison> known = new HashMap<>(2);

  VersionedChanges(
      Write write, VersionedSchemas versions, FieldSet reset, JsonObject old, JsonObject next) {
    this.write = write;
    this.versions = versions;
    this.reset = reset;
    this.old = old;
    this.next = next;
    this.own = compare(write.schema(), old, next);
    known.put(write.apiVersion(), own);
  }

  /// In the version of the write itself.
  Comparison own() {
    return own;
  }

  /// Null when the version is not served any more.
  @Nullable Comparison in(String apiVersion) {
    Comparison compared = known.get(apiVersion);
    if (compared != null) {
      return compared;
    }
    SchemaNode schema = versions.schema(write, apiVersion);
    if (schema == null) {
      return null;
    }
    Comparison made =
        compare(
            schema,
            versions.convert(write, old, write.apiVersion(), apiVersion),
            versions.convert(write, next, write.apiVersion(), apiVersion));
    known.put(apiVersion, made);
    return made;
  }

  private Comparison compare(SchemaNode schema, JsonObject before, JsonObject after) {
    Comparison change = Comparison.of(MergeGranularity.of(schema), before, after).outside(reset);
    return new Comparison(change.written(), UnownedFields.from(change.removed()));
  }
}
