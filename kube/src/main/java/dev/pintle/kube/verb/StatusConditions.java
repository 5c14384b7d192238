package dev.pintle.kube.verb;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The conditions in the status of an object.
final class StatusConditions {
  private StatusConditions() {}

  /// Puts `condition` in the place of the one of its type; the time of its last change is now, or stays when its status does.
  static void set(JsonObject object, JsonObject condition, Instant now) {
    JsonObject status = object.objectAt("status");
    JsonArray conditions = status.array("conditions");
    JsonArray all = conditions == null ? new JsonArray() : conditions;
    Json changed = Json.of(Metadata.time(now));
    for (int i = 0; i < all.size(); i++) {
      if (all.at(i) instanceof JsonObject old && same(old, condition, "type")) {
        Json before = old.get("lastTransitionTime");
        Json time = before != null && same(old, condition, "status") ? before : changed;
        all.set(i, condition.set("lastTransitionTime", time));
        return;
      }
    }
    all.add(condition.set("lastTransitionTime", changed));
    status.set("conditions", all);
  }

  private static boolean same(JsonObject one, JsonObject other, String field) {
    Json value = one.get(field);
    return value != null && value.equals(other.get(field));
  }

  static @Nullable JsonObject find(JsonObject object, String type) {
    JsonObject status = object.object("status");
    JsonArray conditions = status == null ? null : status.array("conditions");
    if (conditions != null) {
      for (Json item : conditions) {
        if (item instanceof JsonObject condition && type.equals(condition.text("type"))) {
          return condition;
        }
      }
    }
    return null;
  }
}
