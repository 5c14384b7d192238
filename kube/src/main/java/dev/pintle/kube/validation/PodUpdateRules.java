package dev.pintle.kube.validation;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The rules of what an update may change of a pod.
final class PodUpdateRules {
  private static final String ONLY_THESE =
      "pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,"
          + "`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),"
          + "`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)";

  private PodUpdateRules() {}

  static Map<String, NamedRule> all() {
    return Map.of("changedPod", PodUpdateRules::changedPod);
  }

  private static void changedPod(ValidatedObject pod) {
    PodAnnotations.kept(pod.childOrEmpty("metadata"));
    ValidatedObject spec = pod.childOrEmpty("spec");
    JsonObject oldSpec = spec.old() == null ? new JsonObject() : spec.old();
    ValidatedObject old = new ValidatedObject(pod.context(), spec.path(), oldSpec, null);
    boolean same =
        sameContainers(spec, old, "containers")
            && sameContainers(spec, old, "initContainers")
            && deadline(spec, old);
    if (!same) {
      return;
    }
    tolerations(spec, old);
    gates(spec, old);
    rest(spec, old);
  }

  private static boolean sameContainers(ValidatedObject spec, ValidatedObject old, String list) {
    if (spec.count(list) != old.count(list)) {
      spec.forbidden(list, "pod updates may not add or remove containers");
      return false;
    }
    for (ValidatedObject container : spec.items(list)) {
      if (container.text("image").isEmpty()) {
        container.required("image", "");
      }
      PodRules.imageWithoutSpace(container);
    }
    return true;
  }

  private static boolean deadline(ValidatedObject spec, ValidatedObject old) {
    String field = "activeDeadlineSeconds";
    if (!spec.has(field)) {
      if (old.has(field)) {
        spec.invalid(field, "must not update from a positive integer to nil value");
      }
      return true;
    }
    long seconds = spec.number(field);
    if (seconds < 0 || seconds > Integer.MAX_VALUE) {
      spec.invalid(field, "must be between 0 and %d, inclusive".formatted(Integer.MAX_VALUE));
      return false;
    }
    if (old.has(field) && old.number(field) < seconds) {
      spec.invalid(field, "must be less than or equal to previous value");
      return false;
    }
    return true;
  }

  private static void tolerations(ValidatedObject spec, ValidatedObject old) {
    Set<JsonObject> now = new HashSet<>();
    spec.items("tolerations").forEach(toleration -> now.add(untimed(toleration)));
    for (ValidatedObject toleration : old.items("tolerations")) {
      if (!now.contains(untimed(toleration))) {
        spec.forbidden(
            "tolerations", "existing toleration can not be modified except its tolerationSeconds");
        return;
      }
    }
  }

  private static JsonObject untimed(ValidatedObject toleration) {
    JsonObject copy = toleration.structure().copy();
    copy.remove("tolerationSeconds");
    return copy;
  }

  private static void gates(ValidatedObject spec, ValidatedObject old) {
    Set<String> before = new HashSet<>();
    old.items("schedulingGates").forEach(gate -> before.add(gate.text("name")));
    // Of one that stands twice the last is told.
    Map<String, ValidatedObject> added = new LinkedHashMap<>();
    for (ValidatedObject gate : spec.items("schedulingGates")) {
      if (!before.contains(gate.text("name"))) {
        added.put(gate.text("name"), gate);
      }
    }
    added.forEach((name, gate) ->
        gate.forbidden(
            "name",
            "only deletion is allowed, but found new scheduling gate '%s'".formatted(name)));
  }

  private static void rest(ValidatedObject spec, ValidatedObject old) {
    JsonObject munged = spec.structure().copy();
    JsonObject before = old.structure();
    images(munged.array("containers"), before.array("containers"));
    images(munged.array("initContainers"), before.array("initContainers"));
    restore(munged, before, "activeDeadlineSeconds");
    restore(munged, before, "schedulingGates");
    restore(munged, before, "tolerations");
    if (old.number("terminationGracePeriodSeconds") < 0
        && spec.number("terminationGracePeriodSeconds") == 1) {
      restore(munged, before, "terminationGracePeriodSeconds");
    }
    if (old.count("schedulingGates") > 0) {
      GatedPodRules.placement(spec, before, munged);
    }
    if (!InternalForms.same("PodSpec", munged, before)) {
      String change = InternalForms.diff("PodSpec", before, munged);
      spec.add(FieldError.forbidden(spec.path(), ONLY_THESE + "\n" + change));
    }
  }

  private static void images(@Nullable JsonArray now, @Nullable JsonArray before) {
    if (now == null || before == null) {
      return;
    }
    for (int i = 0; i < now.size(); i++) {
      if (now.at(i) instanceof JsonObject container && before.at(i) instanceof JsonObject old) {
        restore(container, old, "image");
      }
    }
  }

  private static void restore(JsonObject now, JsonObject before, String field) {
    Json value = before.get(field);
    if (value == null) {
      now.remove(field);
    } else {
      now.set(field, value.copy());
    }
  }
}
