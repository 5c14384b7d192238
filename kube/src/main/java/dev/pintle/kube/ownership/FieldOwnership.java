package dev.pintle.kube.ownership;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonWriter;
import dev.pintle.kube.object.MetaTime;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.schema.SchemaNode;
import dev.pintle.kube.status.StatusError;
import dev.pintle.kube.status.StatusErrors;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The keeper of who owns which field of an object: is told of every write before it is admitted, and says what
/// `metadata.managedFields` is to be. Entries that a client sends along are taken for those of the object; an empty
/// list, or one empty entry, makes the object forget them, and an object without entries has none until somebody
/// applies.
public final class FieldOwnership {
  private static final int ENTRY_BYTES_AT_FIRST = 512;

  private final VersionedSchemas versions;
  private final Blank blank;
  private final Clock clock;
  private final ResetFields resetFields = ResetFields.load();
  private final CarriedOwners carried = new CarriedOwners();

  // Of built-in kinds only: those of custom resources say nothing, and come and go.
  private final Map<SchemaNode, JsonObject> blanks = new ConcurrentHashMap<>();

  /// @param blank the object of a kind that says nothing, as the server would hold it
  public FieldOwnership(VersionedSchemas versions, Blank blank, Clock clock) {
    this.versions = versions;
    this.blank = blank;
    this.clock = clock;
  }

  /// A maker of the object of a kind that says nothing.
  @FunctionalInterface
  public interface Blank {
    JsonObject of(SchemaNode schema);
  }

  /// What a new object's `managedFields` are, as JSON; null when there are none.
  public byte @Nullable [] created(Write write, JsonObject object) {
    if (isMistyped(write, object)) {
      return null;
    }
    JsonArray sent = sent(object);
    return sent == null || isReset(sent)
        ? first(write, object)
        : bytes(updated(write, blank(write), object));
  }

  private static byte @Nullable [] bytes(@Nullable JsonArray entries) {
    return entries == null ? null : JsonWriter.bytes(entries);
  }

  private byte @Nullable [] first(Write write, JsonObject object) {
    Writer writer = write.updating();
    JsonWriter out = new JsonWriter(ENTRY_BYTES_AT_FIRST);
    out.raw("[{\"manager\":").string(writer.manager());
    out.raw(",\"operation\":\"Update\",\"apiVersion\":").string(writer.apiVersion());
    out.raw(",\"time\":\"").raw(now()).raw("\",\"fieldsType\":\"FieldsV1\",\"fieldsV1\":");
    boolean any = FirstWrite.write(out, write.grain(), blank(write), object, resetFields.of(write));
    if (!writer.subresource().isEmpty()) {
      out.raw(",\"subresource\":").string(writer.subresource());
    }
    return any ? out.raw("}]").toBytes() : null;
  }

  /// What the entries are after `old` became `next`; null when there are none. Both objects stay as they are.
  public @Nullable JsonArray updated(Write write, JsonObject old, JsonObject next) {
    JsonArray sent = sent(next);
    JsonArray held = sent(old);
    if (isMistyped(write, old) || isMistyped(write, next)) {
      return held;
    }
    if (sent != null && isReset(sent) && write.subresource().isEmpty()) {
      sent = null;
      held = null;
    }
    boolean isNew = old.objectOrEmpty("metadata").textOrEmpty("uid").isEmpty();
    if (sent == null && held == null && !isNew) {
      return null;
    }
    VersionedChanges changes = changes(write, old, next);
    boolean theirs = sent == null || !write.subresource().isEmpty() || sent.equals(held);
    if (theirs && held != null && isNothing(changes.own()) && mayStand(write, held)) {
      return held;
    }
    ManagedFieldsEntries owners = owners(write, sent, held);
    if (owners.isEmpty() && !isNew) {
      return null;
    }
    if (owners.nameNoVersion()) {
      return held;
    }
    try {
      update(owners, write, changes);
    } catch (StatusError unconverted) {
      // What others own in another version is not known while nobody converts: all stays as it was.
      return held;
    }
    owners.cap();
    return owners.isEmpty() ? null : owners.write();
  }

  /// Whether an object is of another type than its schema says: validation lets some values be, such as a list for a text with a
  /// format, what was there before, and what a write drops before anything is checked. Then nobody is told of as the owner of
  /// anything. Built-in kinds are read into structures, and can hold but one thing that is mistyped.
  private boolean isMistyped(Write write, JsonObject object) {
    return write.isCustom()
        ? !TypedValidation.isOfType(write.grain(), object)
        : !carried.areObjects(write.schema(), object);
  }

  /// Whether entries stay as they are where nothing changes in the version that is written. One of a version that nobody knows goes;
  /// in another version of a custom resource there may be a change: the order of a list says something there.
  private boolean mayStand(Write write, JsonArray entries) {
    for (JsonObject entry : entries.objects()) {
      String version = entry.textOrEmpty("apiVersion");
      boolean own = version.equals(write.apiVersion());
      if (!own && (write.isCustom() || versions.schema(write, version) == null)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isNothing(Comparison change) {
    return change.removed().isEmpty() && UnownedFields.from(change.written()).isEmpty();
  }

  /// What a client sends is believed, unless it cannot be read or comes through a subresource.
  private static ManagedFieldsEntries owners(
      Write write, @Nullable JsonArray sent, @Nullable JsonArray held) {
    if (sent != null && write.subresource().isEmpty()) {
      ManagedFieldsEntries read = readOrNone(sent);
      if (!read.isEmpty()) {
        return read;
      }
    }
    return held == null ? new ManagedFieldsEntries() : readOrNone(held);
  }

  private static ManagedFieldsEntries readOrNone(JsonArray entries) {
    try {
      return ManagedFieldsEntries.read(entries);
    } catch (IllegalArgumentException unreadable) {
      return new ManagedFieldsEntries();
    }
  }

  private static boolean isReset(JsonArray sent) {
    return sent.isEmpty()
        || (sent.size() == 1 && sent.at(0) instanceof JsonObject entry && isBlankEntry(entry));
  }

  private static boolean isBlankEntry(JsonObject entry) {
    for (JsonObject.Field field : entry) {
      boolean blank = field.value() instanceof Json.Null || field.value().equals(Json.of(""));
      if (!blank) {
        return false;
      }
    }
    return true;
  }

  /// Everybody loses what was written or is gone; the writer gains what it wrote. A writer of whom nothing changed keeps its
  /// time.
  private void update(ManagedFieldsEntries owners, Write write, VersionedChanges changes) {
    reconcile(owners, write);
    for (Writer writer : owners.writers()) {
      ManagedFieldsEntries.Owned owned = owners.of(writer);
      Comparison change = owned == null ? null : changes.in(owned.apiVersion());
      if (change == null) {
        owners.remove(writer);
      } else {
        owners.change(
            writer, fields -> fields.difference(change.written()).difference(change.removed()));
      }
    }
    FieldSet mine = UnownedFields.from(changes.own().written());
    if (mine.isEmpty()) {
      return;
    }
    Writer self = write.updating();
    ManagedFieldsEntries.Owned before = owners.of(self);
    owners.put(self, before == null ? mine : mine.union(before.fields()), write.apiVersion());
    owners.time(self, now());
  }

  private void reconcile(ManagedFieldsEntries owners, Write write) {
    if (!write.isCustom()) {
      return;
    }
    owners
        .all()
        .forEach((writer, owned) -> {
          SchemaNode schema = versions.schema(write, owned.apiVersion());
          if (schema != null) {
            owners.change(writer, MergeGranularity.of(schema)::reconciled);
          }
        });
  }

  private VersionedChanges changes(Write write, JsonObject old, JsonObject next) {
    return new VersionedChanges(write, versions, resetFields.of(write), old, next);
  }

  /// What `config`, applied by the write's manager, makes of `live`.
  ///
  /// @param live null when there is no object yet
  public ApplyResult apply(
      Write write, @Nullable JsonObject live, JsonObject config, boolean force) {
    JsonObject before = live == null ? blank(write) : live;
    ManagedFieldsEntries owners = read(before);
    if (owners.isEmpty() && live != null) {
      Write unknown = write.by("before-first-apply");
      update(owners, unknown, changes(unknown, blank(write), live));
    }
    reconcile(owners, write);
    return new ApplyMerge(write, versions, resetFields.of(write), now())
        .apply(before, config, owners, force);
  }

  /// An object and its `Scale` as they are before a write.
  public record Scaled(ResourceType type, JsonObject parent, JsonObject scale) {}

  /// What the entries of an object are after its `Scale` became `next`; null when there are none.
  ///
  /// @param write of the Scale
  public @Nullable JsonArray scaled(Write write, Scaled scaled, JsonObject next) {
    ScaleOwners owners = new ScaleOwners(versions, scaled.type(), read(scaled.parent()));
    JsonObject before = withEntries(scaled.scale(), owners.inScale(write.apiVersion()));
    return owners.inParent(updated(write, before, next));
  }

  /// The Scale with those of its parent's owners that own a part of it, as a patch sees it.
  ///
  /// @param write of the Scale
  public JsonObject shown(Write write, Scaled scaled) {
    ScaleOwners owners = new ScaleOwners(versions, scaled.type(), read(scaled.parent()));
    return withEntries(scaled.scale(), owners.inScale(write.apiVersion()));
  }

  /// The same for a configuration that is applied to the Scale. To that of a custom resource nothing can be applied that changes
  /// it: upstream has the converter of the resource itself make the version of what was merged, and that one knows of no Scale.
  public ApplyResult appliedToScale(Write write, Scaled scaled, JsonObject config, boolean force) {
    ScaleOwners owners = new ScaleOwners(versions, scaled.type(), read(scaled.parent()));
    JsonArray entries = owners.inScale(write.apiVersion());
    JsonObject before = withEntries(scaled.scale(), entries);
    if (scaled.type().isCustom() && (entries == null || entries.isEmpty())) {
      // Who owned it before anybody applied anything is asked of the converter first.
      throw noScale(
          "failed to create manager for existing fields: failed to convert live object (/; autoscaling/v1, Kind=Scale)",
          write);
    }
    ApplyResult applied = apply(write, before, config, force);
    if (scaled.type().isCustom() && !ScalarKeys.same(before, applied.object())) {
      throw noScale(
          "failed to convert new object (%s)".formatted(ApplyMerge.named(write, config)), write);
    }
    return new ApplyResult(applied.object(), owners.inParent(applied.entries()));
  }

  private static StatusError noScale(String failed, Write write) {
    return StatusErrors.bare(
        500,
        "%s to proper version: request to convert CR to an invalid group/version: %s"
            .formatted(failed, write.apiVersion()));
  }

  private static JsonObject withEntries(JsonObject scale, @Nullable JsonArray entries) {
    JsonObject shown = scale.copy();
    if (entries != null) {
      shown.objectAt("metadata").set("managedFields", entries);
    }
    return shown;
  }

  private static ManagedFieldsEntries read(JsonObject live) {
    JsonArray held = sent(live);
    return held == null ? new ManagedFieldsEntries() : readOrNone(held);
  }

  private JsonObject blank(Write write) {
    return write.isCustom() ? new JsonObject() : blanks.computeIfAbsent(write.schema(), blank::of);
  }

  private static @Nullable JsonArray sent(JsonObject object) {
    JsonObject metadata = object.object("metadata");
    return metadata == null ? null : metadata.array("managedFields");
  }

  private String now() {
    return MetaTime.text(clock.instant());
  }

  /// Whether two objects are the same to their owners: numbers by their worth, fields in whatever order.
  public static boolean same(JsonObject one, JsonObject other) {
    return ScalarKeys.same(one, other);
  }

  /// Whether two lists of entries tell the same but for the times.
  public static boolean sameButTimes(@Nullable JsonArray one, @Nullable JsonArray other) {
    if (one == null || other == null || one.size() != other.size()) {
      return one == null && other == null;
    }
    for (int i = 0; i < one.size(); i++) {
      if (!timeless(one.at(i)).equals(timeless(other.at(i)))) {
        return false;
      }
    }
    return true;
  }

  private static JsonObject timeless(Json entry) {
    JsonObject timeless = new JsonObject();
    if (entry instanceof JsonObject object) {
      for (JsonObject.Field field : object) {
        if (!field.name().equals("time")) {
          timeless.set(field.name(), field.value());
        }
      }
    }
    return timeless;
  }
}
