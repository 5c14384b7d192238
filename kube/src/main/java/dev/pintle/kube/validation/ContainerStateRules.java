package dev.pintle.kube.validation;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The rules of what becomes of a container that has ended: it is reported as running again only if it starts again by what the
/// pod says of it.
final class ContainerStateRules {
  private static final String ENDED_FOR_GOOD = "may not be transitioned to non-terminated state";
  private static final String ALL_START_AGAIN = "RestartAllContainers";

  private ContainerStateRules() {}

  static void check(ValidatedObject pod, ValidatedObject status) {
    JsonObject spec = pod.old() == null ? new JsonObject() : pod.old().objectOrEmpty("spec");
    if (!anyRestartsAll(spec)) {
      list(status, "containerStatuses", spec, "containers");
      list(status, "initContainerStatuses", spec, "initContainers");
    }
    list(status, "ephemeralContainerStatuses", spec, "");
  }

  private static boolean anyRestartsAll(JsonObject spec) {
    for (String list : List.of("initContainers", "containers")) {
      for (JsonObject container : spec.objects(list)) {
        for (JsonObject rule : container.objects("restartPolicyRules")) {
          if (rule.textOrEmpty("action").equals(ALL_START_AGAIN)) {
            return true;
          }
        }
      }
    }
    return false;
  }

  /// @param containers where in the spec they are; empty for those that never start again
  private static void list(
      ValidatedObject status, String statuses, JsonObject spec, String containers) {
    List<JsonObject> before = status.old() == null ? List.of() : status.old().objects(statuses);
    if (before.isEmpty()) {
      return;
    }
    Map<String, List<JsonObject>> now = new HashMap<>();
    for (JsonObject one : status.structure().objects(statuses)) {
      now.computeIfAbsent(one.textOrEmpty("name"), _ -> new ArrayList<>()).add(one);
    }
    Map<String, JsonObject> said = new HashMap<>();
    if (!containers.isEmpty()) {
      spec.objects(containers)
          .forEach(container -> said.putIfAbsent(container.textOrEmpty("name"), container));
    }
    for (int i = 0; i < before.size(); i++) {
      String name = before.get(i).textOrEmpty("name");
      JsonObject ended = ended(before.get(i));
      long left =
          now.getOrDefault(name, List.of()).stream().filter(one -> ended(one) == null).count();
      if (ended == null || left == 0) {
        continue;
      }
      boolean told = containers.isEmpty() || !startsAgain(said.get(name), spec, ended);
      if (told) {
        FieldPath path = status.path(statuses).index(i).child("state");
        status.add(FieldError.forbidden(path, ENDED_FOR_GOOD));
      }
    }
  }

  private static @Nullable JsonObject ended(JsonObject containerStatus) {
    return containerStatus.objectOrEmpty("state").object("terminated");
  }

  private static boolean startsAgain(
      @Nullable JsonObject container, JsonObject spec, JsonObject ended) {
    if (container == null) {
      return false;
    }
    long code = ended.wholeOrZero("exitCode");
    if (container.has("restartPolicy")) {
      String action = action(container, code);
      if (action.equals("Restart") || action.equals(ALL_START_AGAIN)) {
        return true;
      }
      switch (container.textOrEmpty("restartPolicy")) {
        case "Always", "OnFailure", "Never" -> {
          return byPolicy(container.textOrEmpty("restartPolicy"), code);
        }
        default -> {}
      }
    }
    return byPolicy(spec.textOrEmpty("restartPolicy"), code);
  }

  private static boolean byPolicy(String policy, long code) {
    return switch (policy) {
      case "OnFailure" -> code != 0;
      case "Never" -> false;
      default -> true;
    };
  }

  /// What the first rule for an exit code says; empty where none is for it.
  private static String action(JsonObject container, long code) {
    for (JsonObject rule : container.objects("restartPolicyRules")) {
      JsonObject codes = rule.object("exitCodes");
      if (codes == null) {
        continue;
      }
      JsonArray values = codes.array("values");
      boolean named = false;
      for (int i = 0; values != null && i < values.size(); i++) {
        named |= values.at(i) instanceof Json.Whole(var value) && value == code;
      }
      boolean matches =
          switch (codes.textOrEmpty("operator")) {
            case "In" -> named;
            case "NotIn" -> !named;
            default -> false;
          };
      if (matches) {
        return rule.textOrEmpty("action");
      }
    }
    return "";
  }
}
