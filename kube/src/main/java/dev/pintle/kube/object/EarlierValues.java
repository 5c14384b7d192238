package dev.pintle.kube.object;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The values of fields of a document that come more than once, but for the last of each.
public final class EarlierValues {
  private final IdentityHashMap<JsonObject, Map<String, List<Json>>> all = new IdentityHashMap<>(0);

  void add(JsonObject holder, String name, Json value) {
    all.computeIfAbsent(holder, _ -> new LinkedHashMap<>())
        .computeIfAbsent(name, _ -> new ArrayList<>(1))
        .add(value);
  }

  public boolean isEmpty() {
    return all.isEmpty();
  }

  /// The values of one object by the names of their fields, in their order.
  public Map<String, List<Json>> of(JsonObject holder) {
    return all.getOrDefault(holder, Map.of());
  }
}
