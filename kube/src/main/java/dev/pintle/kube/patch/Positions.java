package dev.pintle.kube.patch;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The index of where the items of a list stand: objects by the value of `key`, where there is one, everything else by
/// itself. The first of several equal ones counts.
final class Positions {
  private final @Nullable String key;
  private final Map<Json, Integer> byKey = new HashMap<>();
  private final Map<Json, Integer> byItem = new HashMap<>();
  private int size;

  Positions(JsonArray list, @Nullable String key) {
    this.key = key;
    list.forEach(this::added);
  }

  /// An item came to the end.
  void added(Json item) {
    if (key == null || !(item instanceof JsonObject object)) {
      byItem.putIfAbsent(item, size);
    } else if (object.get(key) instanceof Json value) {
      byKey.putIfAbsent(value, size);
    }
    size++;
  }

  /// -1 for none.
  int ofKey(Json value) {
    return byKey.getOrDefault(value, -1);
  }

  /// -1 for an item that is not in the list.
  int of(Json item) {
    if (key == null || !(item instanceof JsonObject object)) {
      return byItem.getOrDefault(item, -1);
    }
    Json value = object.get(key);
    return value == null ? -1 : ofKey(value);
  }
}
