package dev.pintle.kube.token;

import dev.pintle.kube.object.JsonObject;
import org.jspecify.annotations.Nullable;

/// An object that a token names: a later one of the same name is another.
public record BoundObjectReference(String name, String uid) {
  JsonObject toJson() {
    JsonObject json = new JsonObject().set("name", name);
    return uid.isEmpty() ? json : json.set("uid", uid);
  }

  static @Nullable BoundObjectReference of(@Nullable JsonObject json) {
    return json == null
        ? null
        : new BoundObjectReference(json.textOrEmpty("name"), json.textOrEmpty("uid"));
  }
}
