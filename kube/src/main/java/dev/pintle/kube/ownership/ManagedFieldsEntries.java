package dev.pintle.kube.ownership;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// All entries of one object: each writer and what it owns.
final class ManagedFieldsEntries {
  static final int UPDATING_MAX = 10;
  static final String ANCIENT = "ancient-changes";

  private final Map<Writer, Owned> owned = new LinkedHashMap<>();
  private final Map<Writer, String> times = new HashMap<>();

  /// The fields of one writer.
  ///
  /// @param apiVersion in which the paths are meant
  record Owned(FieldSet fields, String apiVersion) {}

  /// Reads `metadata.managedFields`.
  ///
  /// @throws IllegalArgumentException when an entry is none
  static ManagedFieldsEntries read(JsonArray entries) {
    ManagedFieldsEntries owners = new ManagedFieldsEntries();
    for (int i = 0; i < entries.size(); i++) {
      if (!(entries.at(i) instanceof JsonObject entry)) {
        throw new IllegalArgumentException(
            "managedFields[%d]: %s (expected: an object)".formatted(i, entries.at(i)));
      }
      owners.read(entry, i);
    }
    return owners;
  }

  private void read(JsonObject entry, int place) {
    Writer.Operation operation = operation(entry.textOrEmpty("operation"), place);
    String apiVersion = entry.textOrEmpty("apiVersion");
    require(!apiVersion.isEmpty(), place, "apiVersion", apiVersion, "a version");
    String type = entry.textOrEmpty("fieldsType");
    require(type.equals("FieldsV1"), place, "fieldsType", type, "FieldsV1");
    Json fields = entry.get("fieldsV1");
    Writer writer =
        new Writer(
            entry.textOrEmpty("manager"),
            operation,
            operation == Writer.Operation.APPLY ? "" : apiVersion,
            entry.textOrEmpty("subresource"));
    owned.put(writer, new Owned(FieldsV1.read(fields == null ? Json.NULL : fields), apiVersion));
    time(writer, entry.text("time"));
  }

  /// Whether an entry is of what cannot be a group and a version at all. Then upstream keeps the owners that were there, where it drops an
  /// entry of a version that nobody knows.
  boolean nameNoVersion() {
    return owned.values().stream()
        .map(Owned::apiVersion)
        .anyMatch(version -> version.indexOf('/') != version.lastIndexOf('/'));
  }

  private static Writer.Operation operation(String text, int place) {
    for (Writer.Operation operation : Writer.Operation.values()) {
      if (operation.text().equals(text)) {
        return operation;
      }
    }
    throw wrong(place, "operation", text, "Apply or Update");
  }

  private static void require(
      boolean holds, int place, String field, String value, String expected) {
    if (!holds) {
      throw wrong(place, field, value, expected);
    }
  }

  private static IllegalArgumentException wrong(
      int place, String field, String value, String expected) {
    return new IllegalArgumentException(
        "managedFields[%d].%s: %s (expected: %s)".formatted(place, field, value, expected));
  }

  ManagedFieldsEntries copy() {
    ManagedFieldsEntries copy = new ManagedFieldsEntries();
    copy.owned.putAll(owned);
    copy.times.putAll(times);
    return copy;
  }

  boolean isEmpty() {
    return owned.isEmpty();
  }

  List<Writer> writers() {
    return List.copyOf(owned.keySet());
  }

  @Nullable Owned of(Writer writer) {
    return owned.get(writer);
  }

  /// In the order of the entries that were read.
  Map<Writer, Owned> all() {
    return new LinkedHashMap<>(owned);
  }

  void put(Writer writer, FieldSet fields, String apiVersion) {
    owned.put(writer, new Owned(fields, apiVersion));
  }

  void remove(Writer writer) {
    owned.remove(writer);
  }

  /// Null for a writer of whom it is not known.
  void time(Writer writer, @Nullable String time) {
    if (time == null) {
      times.remove(writer);
    } else {
      times.put(writer, time);
    }
  }

  @Nullable String time(Writer writer) {
    return times.get(writer);
  }

  /// Puts others in the place of a writer's paths; a writer that is left with none goes.
  void change(Writer writer, UnaryOperator<FieldSet> change) {
    Owned before = owned.get(writer);
    if (before == null) {
      return;
    }
    FieldSet after = change.apply(before.fields());
    if (after.isEmpty()) {
      owned.remove(writer);
    } else {
      owned.put(writer, new Owned(after, before.apiVersion()));
    }
  }

  /// Folds the oldest of too many updating writers together, those of each version on its own.
  void cap() {
    List<Writer> updating = new ArrayList<>();
    for (Writer writer : owned.keySet()) {
      if (!writer.applies()) {
        updating.add(writer);
      }
    }
    if (updating.size() <= UPDATING_MAX) {
      return;
    }
    updating.sort(Comparator.comparing(this::timeOrEmpty).thenComparing(Writer::identity));
    int left = updating.size();
    Map<String, Writer> firsts = new HashMap<>();
    Map<Writer, List<FieldSet>> folded = new LinkedHashMap<>();
    for (Writer writer : updating) {
      if (left <= UPDATING_MAX) {
        break;
      }
      String version = versionOf(writer);
      Writer first = firsts.putIfAbsent(version, writer);
      if (first != null) {
        fold(first, writer, Writer.updating(ANCIENT, version, ""), folded);
        left--;
      }
    }
    folded.forEach((bucket, sets) ->
        owned.put(bucket, new Owned(FieldSet.unionOf(sets), bucket.apiVersion())));
  }

  /// Notes what `bucket` is to hold: to unite the sets one after the other would walk the first of them again and again.
  private void fold(
      Writer first, Writer writer, Writer bucket, Map<Writer, List<FieldSet>> folded) {
    List<FieldSet> sets = folded.get(bucket);
    if (sets == null) {
      sets = new ArrayList<>();
      folded.put(bucket, sets);
      Owned held = owned.get(bucket);
      Owned oldest = held == null ? owned.remove(first) : held;
      sets.add(oldest == null ? FieldSet.EMPTY : oldest.fields());
    }
    String time = times.get(writer);
    if (!writer.equals(bucket)) {
      Owned own = owned.remove(writer);
      sets.add(own == null ? FieldSet.EMPTY : own.fields());
    }
    time(bucket, time);
  }

  private String timeOrEmpty(Writer writer) {
    return times.getOrDefault(writer, "");
  }

  /// The entries in their order: those that apply first, the oldest first.
  JsonArray write() {
    List<Writer> writers = new ArrayList<>(owned.keySet());
    writers.sort(
        Comparator.comparing(Writer::operation)
            .thenComparing(this::timeOrEmpty)
            .thenComparing(Writer::manager)
            .thenComparing(this::versionOf)
            .thenComparing(Writer::subresource));
    JsonArray entries = new JsonArray();
    writers.forEach(writer -> entries.add(entry(writer)));
    return entries;
  }

  private String versionOf(Writer writer) {
    Owned own = owned.get(writer);
    return own == null ? "" : own.apiVersion();
  }

  private JsonObject entry(Writer writer) {
    Owned own = owned.get(writer);
    JsonObject entry = new JsonObject();
    if (!writer.manager().isEmpty()) {
      entry.set("manager", writer.manager());
    }
    entry.set("operation", writer.operation().text()).set("apiVersion", versionOf(writer));
    String time = times.get(writer);
    if (time != null) {
      entry.set("time", time);
    }
    entry.set("fieldsType", "FieldsV1");
    entry.set("fieldsV1", FieldsV1.write(own == null ? FieldSet.EMPTY : own.fields()));
    if (!writer.subresource().isEmpty()) {
      entry.set("subresource", writer.subresource());
    }
    return entry;
  }
}
