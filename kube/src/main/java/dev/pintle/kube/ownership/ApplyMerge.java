package dev.pintle.kube.ownership;

import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.status.StatusErrors;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One configuration and the object it is applied to: merged, what the manager no longer asks for taken out, and refused when
/// it would change what others own, unless it is forced.
final class ApplyMerge {
  private final Write write;
  private final VersionedSchemas versions;
  private final FieldSet reset;
  private final String now;

  ApplyMerge(Write write, VersionedSchemas versions, FieldSet reset, String now) {
    this.write = write;
    this.versions = versions;
    this.reset = reset;
    this.now = now;
  }

  ApplyResult apply(
      JsonObject live, JsonObject config, ManagedFieldsEntries owners, boolean force) {
    requireKind(config);
    requireConformance(live, config);
    Outcome outcome =
        LastApplied.mayForce(write)
            ? upgraded(live, config, owners, force)
            : plain(live, config, owners, force);
    JsonObject object = outcome.object();
    LastApplied.renew(write, object, config);
    JsonArray entries = outcome.owners().isEmpty() ? null : outcome.owners().write();
    return new ApplyResult(object, entries);
  }

  private record Outcome(JsonObject object, ManagedFieldsEntries owners) {}

  private Outcome plain(
      JsonObject live, JsonObject config, ManagedFieldsEntries owners, boolean force) {
    try {
      return merge(live, config, owners, force);
    } catch (Conflicts conflicts) {
      throw conflicts.refusal();
    }
  }

  /// What kubectl once applied by itself it may take over.
  private Outcome upgraded(
      JsonObject live, JsonObject config, ManagedFieldsEntries owners, boolean force) {
    try {
      return merge(live, config, owners.copy(), force);
    } catch (Conflicts conflicts) {
      Conflicts left = conflicts.except(LastApplied.owned(write, live));
      if (!left.isEmpty()) {
        throw left.refusal();
      }
      return plain(live, config, owners, true);
    }
  }

  private void requireKind(JsonObject config) {
    String apiVersion = config.textOrEmpty("apiVersion");
    String kind = config.textOrEmpty("kind");
    if (!apiVersion.equals(write.apiVersion()) || !kind.equals(write.kind().kind())) {
      boolean broken = apiVersion.indexOf('/') != apiVersion.lastIndexOf('/');
      throw StatusErrors.badRequest(
          "invalid object type: " + (broken ? shown("", "") : shown(apiVersion, kind)));
    }
    JsonObject metadata = config.object("metadata");
    if (metadata != null
        && metadata.array("managedFields") instanceof JsonArray entries
        && SentEntries.areReadable(entries)) {
      throw StatusErrors.badRequest("metadata.managedFields must be nil");
    }
  }

  private void requireConformance(JsonObject live, JsonObject config) {
    requireTyped("patch", config, TypedValidation.complaint(write.grain(), config));
    if (write.isCustom() && !TypedValidation.isOfType(write.grain(), live)) {
      requireTyped("live", live, TypedValidation.complaintOfLive(write.grain(), live));
    }
  }

  private void requireTyped(String which, JsonObject object, @Nullable String complaint) {
    if (complaint != null) {
      throw StatusErrors.bare(
          500,
          "failed to create typed %s object (%s): %s"
              .formatted(which, named(write, object), complaint));
    }
  }

  /// How upstream names what is applied.
  static String named(Write write, JsonObject config) {
    JsonObject metadata = config.objectOrEmpty("metadata");
    return "%s/%s; %s"
        .formatted(
            metadata.textOrEmpty("namespace"),
            metadata.textOrEmpty("name"),
            shown(write.apiVersion(), write.kind().kind()));
  }

  private Outcome merge(
      JsonObject live, JsonObject config, ManagedFieldsEntries owners, boolean force)
      throws Conflicts {
    Writer self = write.applying();
    ManagedFieldsEntries.Owned last = owners.of(self);
    JsonObject merged = Merging.of(write.grain(), live, config);
    FieldSet asked = ObjectFieldSet.in(write.grain(), config).outside(reset);
    owners.put(self, asked, write.apiVersion());
    if (last != null && !last.fields().isEmpty()) {
      merged = new Pruning(write, versions, owners).prune(merged, last);
    }
    settle(owners, self, new VersionedChanges(write, versions, reset, live, merged), force);
    owners.change(self, UnownedFields::from);
    if (!ScalarKeys.same(live, merged)) {
      owners.time(self, now);
    }
    return new Outcome(merged, owners);
  }

  private static void settle(
      ManagedFieldsEntries owners, Writer self, VersionedChanges changes, boolean force)
      throws Conflicts {
    Map<Writer, FieldSet> taken = new LinkedHashMap<>();
    Map<Writer, FieldSet> gone = new HashMap<>();
    owners
        .all()
        .forEach((writer, owned) -> {
          Comparison change = writer.equals(self) ? null : changes.in(owned.apiVersion());
          if (change != null) {
            FieldSet conflict = owned.fields().intersection(change.written());
            if (!conflict.isEmpty()) {
              taken.put(writer, conflict);
            }
            gone.put(writer, conflict.union(change.removed()));
          } else if (!writer.equals(self)) {
            owners.remove(writer);
          }
        });
    if (!force && !taken.isEmpty()) {
      throw Conflicts.of(taken);
    }
    gone.forEach((writer, paths) -> owners.change(writer, fields -> fields.difference(paths)));
  }

  /// A kind as Go prints it: `apps/v1, Kind=Deployment`, `/v1, Kind=Pod`.
  private static String shown(String apiVersion, String kind) {
    boolean core = !apiVersion.isEmpty() && apiVersion.indexOf('/') < 0;
    String version = core || apiVersion.isEmpty() ? "/" + apiVersion : apiVersion;
    return version + ", Kind=" + kind;
  }
}
