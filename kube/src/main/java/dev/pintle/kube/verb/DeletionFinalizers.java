package dev.pintle.kube.verb;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.request.DeleteOptions;
import dev.pintle.kube.schema.ResourceType;
import java.util.Set;

/// The finalizers by which the garbage collector learns what becomes of an object's dependents.
final class DeletionFinalizers {
  private static final String ORPHAN = "orphan";
  private static final String FOREGROUND = "foregroundDeletion";
  // Kinds whose dependents stay unless the request says otherwise.
  private static final Set<String> ORPHANING = Set.of("jobs.batch/v1", "replicationcontrollers/v1");

  private DeletionFinalizers() {}

  /// Sets them as the options ask; answers whether anything changed.
  static boolean settle(ResourceType type, JsonObject object, DeleteOptions options) {
    if (type.plural().equals("events")) {
      return false;
    }
    String wanted = wanted(type, object, options);
    JsonObject metadata = Metadata.of(object);
    JsonArray old = metadata.array("finalizers");
    JsonArray next = new JsonArray();
    if (old != null) {
      old.forEach(item -> {
        if (!item.equals(Json.of(ORPHAN)) && !item.equals(Json.of(FOREGROUND))) {
          next.add(item);
        }
      });
    }
    if (!wanted.isEmpty()) {
      next.add(Json.of(wanted));
    }
    boolean changed = !next.equals(old == null ? new JsonArray() : old);
    if (next.isEmpty()) {
      metadata.remove("finalizers");
    } else {
      metadata.set("finalizers", next);
    }
    return changed;
  }

  private static String wanted(ResourceType type, JsonObject object, DeleteOptions options) {
    Boolean orphan = options.orphanDependents();
    if (orphan != null) {
      return orphan ? ORPHAN : "";
    }
    return switch (options.propagation()) {
      case "Orphan" -> ORPHAN;
      case "Foreground" -> FOREGROUND;
      case "Background" -> "";
      default -> byItself(type, object);
    };
  }

  private static String byItself(ResourceType type, JsonObject object) {
    JsonArray finalizers = Metadata.of(object).array("finalizers");
    if (finalizers != null) {
      for (Json item : finalizers) {
        if (item instanceof Json.Text(var text)
            && (text.equals(ORPHAN) || text.equals(FOREGROUND))) {
          return text;
        }
      }
    }
    return ORPHANING.contains(type.toString()) ? ORPHAN : "";
  }
}
