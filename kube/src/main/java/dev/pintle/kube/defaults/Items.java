package dev.pintle.kube.defaults;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The structures in a list; what else a client put there is left to validation.
final class Items {
  private Items() {}

  static List<JsonObject> objects(@Nullable JsonArray list) {
    if (list == null) {
      return List.of();
    }
    List<JsonObject> objects = new ArrayList<>(list.size());
    for (Json item : list) {
      if (item instanceof JsonObject object) {
        objects.add(object);
      }
    }
    return objects;
  }
}
