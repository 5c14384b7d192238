package dev.pintle.kube.ownership;

import dev.pintle.kube.object.CompactTexts;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The paths that an object mentions: its leaves, its items, the entries of its maps, and what is empty.
final class ObjectFieldSet {
  private final FieldSetCollector paths = new FieldSetCollector();
  private final List<PathElement> at = new ArrayList<>();

  private ObjectFieldSet() {}

  static FieldSet in(MergeGranularity grain, Json value) {
    ObjectFieldSet mentioned = new ObjectFieldSet();
    mentioned.value(grain, value);
    return mentioned.paths.set();
  }

  private void value(MergeGranularity grain, Json value) {
    switch (grain.shape(value)) {
      case LEAF -> paths.add(at);
      case ENTRIES -> {
        if (value instanceof JsonObject map) {
          entries(grain, map);
        }
      }
      case ITEMS -> {
        if (value instanceof JsonArray list) {
          items(grain, list);
        }
      }
    }
  }

  private void entries(MergeGranularity grain, JsonObject map) {
    for (int i = 0; i < map.size(); i++) {
      Json value = map.valueAt(i);
      at.add(new PathElement.Name(map.nameAt(i)));
      value(grain.entry(map.nameAt(i)), value);
      boolean nothing =
          value instanceof Json.Null || (value instanceof JsonObject object && object.isEmpty());
      if (nothing || !grain.hasField(map.nameAt(i))) {
        paths.add(at);
      }
      at.removeLast();
    }
  }

  /// Of items that cannot be told apart only that they are there is known.
  private void items(MergeGranularity grain, JsonArray list) {
    CompactTexts texts = grain.manyTexts(list);
    if (texts == null) {
      allItems(grain, list);
      return;
    }
    for (String text : texts) {
      at.add(new PathElement.Value(Json.of(text)));
      paths.add(at);
      at.removeLast();
    }
  }

  private void allItems(MergeGranularity grain, JsonArray list) {
    Set<PathElement> seen = new HashSet<>();
    Set<PathElement> twice = new HashSet<>();
    for (Json item : list) {
      PathElement element = elementOrNull(grain, item);
      if (element != null && !seen.add(element)) {
        twice.add(element);
      }
    }
    for (Json item : list) {
      PathElement element = elementOrNull(grain, item);
      if (element == null) {
        continue;
      }
      at.add(element);
      if (!twice.contains(element)) {
        value(grain.item(), item);
      }
      paths.add(at);
      at.removeLast();
    }
  }

  static @Nullable PathElement elementOrNull(MergeGranularity grain, Json item) {
    try {
      return grain.element(item);
    } catch (MergeGranularity.NoElement unknown) {
      return null;
    }
  }
}
