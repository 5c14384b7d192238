package dev.pintle.kube.validation;

import dev.pintle.kube.format.Formats;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The rules of the classes of a cluster that pods name: how important they are, and what runs them.
final class ClusterClassRules {
  private static final String SYSTEM = "system-";
  private static final long PRIORITY_MAX = 1_000_000_000;

  /// The classes of the system and their values.
  private static final Map<String, Long> OF_SYSTEM =
      Map.of("system-node-critical", 2_000_001_000L, "system-cluster-critical", 2_000_000_000L);

  private static final List<String> TOLERATION = List.of("key", "operator", "value", "effect");

  private ClusterClassRules() {}

  static Map<String, NamedRule> all() {
    return Map.of(
        "priority", ClusterClassRules::priority,
        "priorityKept", ClusterClassRules::priorityKept,
        "podOverhead", ClusterClassRules::overhead,
        "podScheduling", ClusterClassRules::scheduling,
        "handlerFormKept", ClusterClassRules::handler);
  }

  private static void priority(ValidatedObject priority) {
    String name = priority.childOrEmpty("metadata").text("name");
    long value = priority.number("value");
    if (name.startsWith(SYSTEM)) {
      String complaint = ofSystem(name, value, priority.isTrue("globalDefault"));
      if (!complaint.isEmpty()) {
        priority.add(
            FieldError.forbidden(
                FieldPath.of("metadata.name"),
                "priority class names with 'system-' prefix are reserved for system use only. error: "
                    + complaint));
      }
    } else if (value > PRIORITY_MAX) {
      priority.forbidden(
          "value", "maximum allowed value of a user defined priority is " + PRIORITY_MAX);
    }
  }

  /// @return what is wrong with a class of such a name; empty when nothing is
  private static String ofSystem(String name, long value, boolean isDefault) {
    Long expected = OF_SYSTEM.get(name);
    if (expected == null) {
      return name + " is not a known system priority class";
    }
    if (expected != value) {
      return "value of %s PriorityClass must be %d".formatted(name, expected);
    }
    return isDefault ? "globalDefault of %s PriorityClass must be false".formatted(name) : "";
  }

  private static void priorityKept(ValidatedObject priority) {
    JsonObject old = priority.old();
    if (old != null && priority.number("value") != old.wholeOrZero("value")) {
      priority.forbidden("value", "may not be changed in an update.");
    }
  }

  /// Errors place the amounts under limits, as those of containers.
  private static void overhead(ValidatedObject runtimeClass) {
    ValidatedObject overhead = runtimeClass.child("overhead");
    if (overhead == null) {
      return;
    }
    JsonObject limits = new JsonObject().set("limits", overhead.map("podFixed"));
    ResourceRequirements.checkContainer(
        new ValidatedObject(runtimeClass.context(), overhead.path(), limits, null), Set.of());
  }

  private static void scheduling(ValidatedObject runtimeClass) {
    ValidatedObject scheduling = runtimeClass.childOrEmpty("scheduling");
    Labels.check(scheduling.map("nodeSelector"), scheduling.path("nodeSelector"), scheduling);
    List<ValidatedObject> tolerations = scheduling.items("tolerations");
    for (ValidatedObject toleration : tolerations) {
      runtimeClass.context().rules().check("api.core.v1.Toleration", toleration);
    }
    Set<Json> seen = new HashSet<>();
    for (ValidatedObject toleration : tolerations) {
      if (!seen.add(key(toleration))) {
        toleration.add(FieldError.duplicate(toleration.path(), shown(toleration)));
      }
    }
  }

  /// For how long it holds does not tell it from another.
  private static JsonObject key(ValidatedObject toleration) {
    JsonObject key = new JsonObject();
    TOLERATION.forEach(field -> key.set(field, toleration.text(field)));
    return key;
  }

  private static JsonObject shown(ValidatedObject toleration) {
    return InternalForms.of("Toleration", toleration.structure());
  }

  /// What a handler is called is complained of in older words where it may not change.
  private static void handler(ValidatedObject runtimeClass) {
    String handler = runtimeClass.text("handler");
    if (runtimeClass.old() != null && !handler.isEmpty()) {
      runtimeClass.invalid("handler", Formats.dns1123Label(handler));
    }
  }
}
