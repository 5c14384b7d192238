package dev.pintle.kube.crd;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.keyspace.KeyRange;
import dev.pintle.kernel.keyspace.RangeRequest;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.store.Keys;
import dev.pintle.kube.store.ObjectReader;
import dev.pintle.kube.store.StoredObject;
import dev.pintle.member.StoreView;
import dev.pintle.member.StoreView.Found;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The index of stored definitions: of each its group, its names and its status, by which others are judged. A definition
/// is read when it changed, not whenever another one did. For one thread.
final class DefinitionIndex {
  private final ResourceType resource;
  private final ObjectReader reader;
  private final Map<Bytes, CustomResourceDefinition> known = new HashMap<>();
  private final Map<String, Map<String, CustomResourceDefinition>> byGroup = new HashMap<>();
  private long revision;

  DefinitionIndex(ResourceType resource, ObjectReader reader) {
    this.resource = resource;
    this.reader = reader;
  }

  /// Catches up with the store; `visitor` is told of every definition that is new or changed.
  void follow(StoreView view, Consumer<? super CustomResourceDefinition> visitor) {
    if (view.compactedRevision() > revision) {
      // Deletions that compaction has forgotten cannot be followed.
      known.clear();
      byGroup.clear();
      revision = 0;
    }
    List<Bytes> changed = new ArrayList<>();
    view.changedKeys(Keys.range(resource, ""), revision, changed::add);
    for (Bytes key : changed) {
      StoredObject stored = read(view, key);
      CustomResourceDefinition read = stored == null ? null : CustomResourceDefinition.of(stored);
      CustomResourceDefinition now = read == null ? null : outline(read.object());
      CustomResourceDefinition before = now == null ? known.remove(key) : known.put(key, now);
      if (before != null) {
        byGroup.getOrDefault(before.group(), Map.of()).remove(before.name());
      }
      if (now != null) {
        byGroup.computeIfAbsent(now.group(), _ -> new LinkedHashMap<>()).put(now.name(), now);
      }
      if (read != null) {
        visitor.accept(read);
      }
    }
    revision = Math.max(revision, view.revision());
  }

  /// The definition of this name as it is stored; null when there is none.
  @Nullable StoredObject read(StoreView view, String name) {
    return read(view, Keys.object(resource, "", name));
  }

  private @Nullable StoredObject read(StoreView view, Bytes key) {
    return view.range(RangeRequest.of(KeyRange.point(key))) instanceof Found(var result)
            && !result.entries().isEmpty()
        ? reader.read(resource, result.entries().getFirst())
        : null;
  }

  /// What others are judged by.
  private static CustomResourceDefinition outline(JsonObject definition) {
    JsonObject metadata = new JsonObject();
    JsonObject spec = new JsonObject();
    copy("name", definition.objectAt("metadata"), metadata);
    copy("group", definition.objectAt("spec"), spec);
    copy("names", definition.objectAt("spec"), spec);
    JsonObject outline = new JsonObject().set("metadata", metadata).set("spec", spec);
    copy("status", definition, outline);
    return new CustomResourceDefinition(outline);
  }

  private static void copy(String field, JsonObject from, JsonObject to) {
    var value = from.get(field);
    if (value != null) {
      to.set(field, value);
    }
  }

  /// The other definitions of its group.
  Collection<CustomResourceDefinition> othersInGroup(CustomResourceDefinition definition) {
    return byGroup.getOrDefault(definition.group(), Map.of()).values().stream()
        .filter(other -> !other.name().equals(definition.name()))
        .toList();
  }

  /// The names of definitions that were refused a name they want.
  List<String> withoutTheirNames() {
    return known.values().stream()
        .filter(definition -> !definition.hasTrueCondition("NamesAccepted"))
        .map(CustomResourceDefinition::name)
        .toList();
  }
}
