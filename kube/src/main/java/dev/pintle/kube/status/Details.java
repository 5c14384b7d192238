package dev.pintle.kube.status;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import java.util.List;

/// The subject of a [Status]. Empty texts and what is not positive are left out.
///
/// @param kind the resource's plural name, or the kind where an object is invalid
public record Details(
    String name, String group, String kind, String uid, List<Cause> causes, int retryAfterSeconds) {
  /// Not shown at all.
  public static final Details NONE = new Details("", "", "", "", List.of(), -1);

  /// Shown, and empty, as upstream's generic answers have them.
  public static final Details EMPTY = new Details("", "", "", "", List.of(), 0);

  public Details {
    causes = List.copyOf(causes);
  }

  public static Details of(String group, String kind, String name) {
    return new Details(name, group, kind, "", List.of(), 0);
  }

  public Details because(List<Cause> newCauses) {
    return new Details(name, group, kind, uid, newCauses, retryAfterSeconds);
  }

  public Details retryAfter(int seconds) {
    return new Details(name, group, kind, uid, causes, seconds);
  }

  public Details withUid(String newUid) {
    return new Details(name, group, kind, newUid, causes, retryAfterSeconds);
  }

  JsonObject toJson() {
    JsonObject json = new JsonObject();
    setText(json, "name", name);
    setText(json, "group", group);
    setText(json, "kind", kind);
    setText(json, "uid", uid);
    if (!causes.isEmpty()) {
      JsonArray list = new JsonArray();
      causes.forEach(cause -> list.add(cause.toJson()));
      json.set("causes", list);
    }
    if (retryAfterSeconds > 0) {
      json.set("retryAfterSeconds", Json.of(retryAfterSeconds));
    }
    return json;
  }

  private static void setText(JsonObject json, String name, String value) {
    if (!value.isEmpty()) {
      json.set(name, value);
    }
  }
}
