package dev.pintle.kube.crd;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// The conditions in the status of a definition.
public final class DefinitionConditions {
  private DefinitionConditions() {}

  /// Sets one condition; its time moves only when its status changes.
  public static void set(
      JsonObject object, String type, boolean holds, String reason, String message, Instant now) {
    JsonObject status = object.objectAt("status");
    JsonArray list = status.array("conditions");
    JsonArray conditions = list == null ? new JsonArray() : list;
    status.set("conditions", conditions);
    JsonObject made =
        new JsonObject()
            .set("type", type)
            .set("status", holds ? "True" : "False")
            .set("lastTransitionTime", now.truncatedTo(ChronoUnit.SECONDS).toString())
            .set("reason", reason)
            .set("message", message);
    int position = find(conditions, type);
    if (position < 0) {
      conditions.add(made);
    } else if (!sameBut(made, (JsonObject) conditions.at(position))) {
      conditions.set(position, made);
    }
  }

  private static int find(JsonArray conditions, String type) {
    for (int i = 0; i < conditions.size(); i++) {
      if (conditions.at(i) instanceof JsonObject condition && type.equals(condition.text("type"))) {
        return i;
      }
    }
    return -1;
  }

  private static boolean sameBut(JsonObject made, JsonObject there) {
    Json time = there.get("lastTransitionTime");
    if (time != null
        && there.get("status") instanceof Json status
        && status.equals(made.get("status"))) {
      made.set("lastTransitionTime", time);
    }
    return made.equals(there);
  }
}
