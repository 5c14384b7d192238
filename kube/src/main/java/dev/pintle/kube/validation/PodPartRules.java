package dev.pintle.kube.validation;

import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.strategy.QosClass;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The rules of what the subresources of pods may change: containers for debugging are only added, and a resize changes
/// cpu and memory.
final class PodPartRules {
  private static final String MIRROR = "kubernetes.io/config.mirror";

  /// As upstream writes a path without a name.
  private static final FieldPath WHOLE_POD = FieldPath.ROOT.key("");

  private static final String ONLY_RESOURCES = "only cpu and memory resources are mutable";
  private static final List<String> RESIZABLE = List.of("cpu", "memory");

  private static final String CONTAINER = "Container";

  private PodPartRules() {}

  static Map<String, NamedRule> all() {
    return Map.of(
        "addedEphemeralContainers", PodPartRules::addedEphemeralContainers,
        "resizedPod", PodPartRules::resizedPod);
  }

  private static JsonObject oldSpec(ValidatedObject pod) {
    return pod.old() == null ? new JsonObject() : pod.old().objectOrEmpty("spec");
  }

  private static boolean isMirror(ValidatedObject pod) {
    JsonObject metadata = pod.old() == null ? null : pod.old().object("metadata");
    JsonObject annotations = metadata == null ? null : metadata.object("annotations");
    return annotations != null && annotations.has(MIRROR);
  }

  private static void addedEphemeralContainers(ValidatedObject pod) {
    if (isMirror(pod)) {
      pod.context()
          .findings()
          .only(FieldError.forbidden(WHOLE_POD, "static pods do not support ephemeral containers"));
      return;
    }
    Map<String, JsonObject> now = new HashMap<>();
    ValidatedObject spec = pod.childOrEmpty("spec");
    spec.items("ephemeralContainers")
        .forEach(container -> now.put(container.text("name"), container.structure()));
    for (JsonObject before : oldSpec(pod).objects("ephemeralContainers")) {
      String name = String.valueOf(before.text("name"));
      JsonObject kept = now.get(name);
      if (kept == null) {
        spec.forbidden(
            "ephemeralContainers",
            "existing ephemeral containers \"%s\" may not be removed\n".formatted(name));
      } else if (!InternalForms.same("EphemeralContainer", kept, before)) {
        spec.forbidden(
            "ephemeralContainers",
            "existing ephemeral containers \"%s\" may not be changed\n%s"
                .formatted(name, InternalForms.diff("EphemeralContainer", before, kept)));
      }
    }
  }

  private static void resizedPod(ValidatedObject pod) {
    ValidatedObject spec = pod.childOrEmpty("spec");
    JsonObject old = oldSpec(pod);
    JsonObject system = old.object("os");
    if (isMirror(pod)) {
      pod.context()
          .findings()
          .only(FieldError.forbidden(WHOLE_POD, "static pods cannot be resized"));
      return;
    }
    if (system != null && "windows".equals(system.text("name"))) {
      pod.context()
          .findings()
          .only(FieldError.forbidden(WHOLE_POD, "windows pods cannot be resized"));
      return;
    }
    promise(pod, spec);
    supported(pod, spec);
    wholePod(spec, old);
    // Both lists are looked at, so that both are told.
    boolean same = sameContainers(spec, old, "containers");
    same &= sameContainers(spec, old, "initContainers");
    if (same) {
      for (String list : List.of("initContainers", "containers")) {
        removesNothing(spec, old, list);
      }
      sameBesideComputing(spec, old);
      sameInitBesideComputing(spec, old);
      if (pod.context().findings().isEmpty()
          && !InternalForms.same("PodSpec", without(spec.structure()), without(old))) {
        spec.add(FieldError.forbidden(spec.path(), ONLY_RESOURCES));
      }
    }
  }

  private static void promise(ValidatedObject pod, ValidatedObject spec) {
    JsonObject before = pod.old() == null ? new JsonObject() : pod.old();
    String promised = before.objectOrEmpty("status").textOrEmpty("qosClass");
    String said = promised.isEmpty() ? QosClass.of(before.objectOrEmpty("spec").copy()) : promised;
    if (!said.equals(QosClass.of(spec.structure()))) {
      spec.add(
          FieldError.invalidWord(
              spec.path(),
              pod.structure().objectOrEmpty("status").textOrEmpty("qosClass"),
              "Pod QOS Class may not change as a result of resizing"));
    }
  }

  /// A node that can do it reports what running containers have.
  private static void supported(ValidatedObject pod, ValidatedObject spec) {
    JsonObject before = pod.old() == null ? new JsonObject() : pod.old();
    for (JsonObject status : before.objectOrEmpty("status").objects("containerStatuses")) {
      if (status.objectOrEmpty("state").object("running") != null) {
        if (status.object("resources") == null) {
          spec.add(
              FieldError.forbidden(spec.path(), "Pod running on node without support for resize"));
        }
        return;
      }
    }
  }

  private static void wholePod(ValidatedObject spec, JsonObject old) {
    ValidatedObject whole = spec.childOrEmpty("resources");
    JsonObject before = old.object("resources");
    if (before != null) {
      for (String kind : List.of("requests", "limits")) {
        if (!names(whole.map(kind)).containsAll(names(before.objectOrEmpty(kind)))) {
          whole.forbidden(kind, "pod-level resource %s cannot be removed".formatted(kind));
        }
      }
    }
    JsonObject kept = withoutComputing(new JsonObject().set("resources", whole.structure()));
    JsonObject had =
        withoutComputing(
            new JsonObject().set("resources", before == null ? new JsonObject() : before));
    if (!Immutable.same(kept, had)) {
      spec.add(
          FieldError.forbidden(
              spec.path(), "only cpu and memory resources are mutable at pod-level"));
    }
  }

  private static boolean sameContainers(ValidatedObject spec, JsonObject old, String list) {
    List<ValidatedObject> now = spec.items(list);
    List<JsonObject> before = old.objects(list);
    if (now.size() != before.size()) {
      spec.forbidden(list, list + " may not be added or removed on resize");
      return false;
    }
    boolean same = true;
    for (int i = 0; i < now.size(); i++) {
      if (!now.get(i).text("name").equals(before.get(i).text("name"))) {
        now.get(i).forbidden("name", list + " may not be renamed or reordered on resize");
        same = false;
      }
    }
    return same;
  }

  private static void removesNothing(ValidatedObject spec, JsonObject old, String list) {
    List<ValidatedObject> now = spec.items(list);
    List<JsonObject> before = old.objects(list);
    for (int i = 0; i < now.size(); i++) {
      removesNothing(
          now.get(i).childOrEmpty("resources"), before.get(i).objectOrEmpty("resources"));
    }
  }

  private static void sameBesideComputing(ValidatedObject spec, JsonObject old) {
    List<ValidatedObject> now = spec.items("containers");
    List<JsonObject> before = old.objects("containers");
    for (int i = 0; i < now.size(); i++) {
      if (!isSameBesideComputing(now.get(i), before.get(i))) {
        spec.add(FieldError.forbidden(spec.path(), ONLY_RESOURCES));
      }
    }
  }

  private static void sameInitBesideComputing(ValidatedObject spec, JsonObject old) {
    List<ValidatedObject> now = spec.items("initContainers");
    List<JsonObject> before = old.objects("initContainers");
    for (int i = 0; i < now.size(); i++) {
      ValidatedObject container = now.get(i);
      if (!isSameBesideComputing(container, before.get(i))) {
        container.add(
            FieldError.forbidden(
                container.path(),
                "only cpu and memory resources for init or sidecar containers are mutable"));
      }
      boolean ends = !"Always".equals(container.text("restartPolicy"));
      if (ends && !InternalForms.same(CONTAINER, container.structure(), before.get(i))) {
        restartsNothing(container);
      }
    }
  }

  private static void restartsNothing(ValidatedObject container) {
    for (JsonObject policy : container.structure().objects("resizePolicy")) {
      if ("RestartContainer".equals(policy.text("restartPolicy"))) {
        container.add(
            FieldError.forbidden(
                container.path(),
                "non-sidecar init containers with a resize policy of RestartContainer cannot be resized"));
      }
    }
  }

  private static boolean isSameBesideComputing(ValidatedObject now, JsonObject before) {
    return InternalForms.same(
        CONTAINER, withoutComputing(now.structure()), withoutComputing(before));
  }

  private static void removesNothing(ValidatedObject resources, JsonObject before) {
    for (String kind : List.of("requests", "limits")) {
      JsonObject old = before.object(kind);
      JsonObject now = resources.map(kind);
      if (old != null && !names(now).containsAll(names(old))) {
        resources.forbidden(kind, "resource %s cannot be removed".formatted(kind));
      }
    }
  }

  private static Set<String> names(JsonObject amounts) {
    Set<String> names = new HashSet<>();
    amounts.forEach(amount -> names.add(amount.name()));
    return names;
  }

  private static JsonObject withoutComputing(JsonObject container) {
    JsonObject copy = container.copy();
    JsonObject resources = copy.object("resources");
    if (resources != null) {
      for (String kind : List.of("requests", "limits")) {
        JsonObject amounts = resources.object(kind);
        if (amounts != null) {
          RESIZABLE.forEach(amounts::remove);
        }
        if (amounts != null && amounts.isEmpty()) {
          resources.remove(kind);
        }
      }
    }
    return copy;
  }

  /// All that is looked at elsewhere left out.
  private static JsonObject without(JsonObject spec) {
    JsonObject copy = spec.copy();
    for (String field : List.of("containers", "initContainers", "resources", "volumes")) {
      copy.remove(field);
    }
    return copy;
  }
}
