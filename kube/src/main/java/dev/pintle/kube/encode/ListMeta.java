package dev.pintle.kube.encode;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;

/// The metadata of a list.
///
/// @param next the token that continues the list, empty at its end
/// @param remaining how many objects follow, -1 where that is not said
public record ListMeta(long version, String next, long remaining) {
  /// As upstream writes the metadata of lists of custom resources, which have no structure in Go: by name, and with a token that
  /// is empty where the list ends.
  JsonObject toCustomJson() {
    JsonObject json = new JsonObject().set("continue", next);
    if (remaining >= 0) {
      json.set("remainingItemCount", Json.of(remaining));
    }
    return json.set("resourceVersion", Long.toString(version));
  }

  JsonObject toJson() {
    JsonObject json = new JsonObject().set("resourceVersion", Long.toString(version));
    if (!next.isEmpty()) {
      json.set("continue", next);
    }
    if (remaining >= 0) {
      json.set("remainingItemCount", Json.of(remaining));
    }
    return json;
  }
}
