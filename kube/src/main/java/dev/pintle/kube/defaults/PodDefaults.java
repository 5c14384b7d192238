package dev.pintle.kube.defaults;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import java.util.List;
import java.util.Map;

/// Defaults around pods that one line cannot say.
final class PodDefaults {
  private static final List<String> CONTAINER_LISTS = List.of("containers", "initContainers");

  private PodDefaults() {}

  static Map<String, NamedDefault> all() {
    return Map.ofEntries(
        Map.entry("emptyDirWithoutSource", PodDefaults::emptyDirWithoutSource),
        Map.entry("pullPolicyOfImageVolume", PodDefaults::pullPolicyOfImageVolume),
        Map.entry("pullPolicyOfImage", PodDefaults::pullPolicyOfImage),
        Map.entry("serviceAccountAlias", PodDefaults::serviceAccountAlias),
        Map.entry("graceOfPod", PodDefaults::graceOfPod),
        Map.entry("requestsFromLimits", PodDefaults::requestsFromLimits),
        Map.entry("enableServiceLinks", PodDefaults::enableServiceLinks),
        Map.entry("hostPortsOnHostNetwork", PodDefaults::hostPortsOnHostNetwork),
        Map.entry("podIps", PodDefaults::podIps),
        Map.entry("allocatableFromCapacity", PodDefaults::allocatableFromCapacity));
  }

  /// Every field of a volume but its name is a source.
  private static void emptyDirWithoutSource(JsonObject volume) {
    for (JsonObject.Field field : volume) {
      if (!field.name().equals("name") && !(field.value() instanceof Json.Null)) {
        return;
      }
    }
    volume.set("emptyDir", new JsonObject());
  }

  private static void pullPolicyOfImageVolume(JsonObject volume) {
    JsonObject image = volume.object("image");
    if (image != null && UnsetField.isUnset(image.get("pullPolicy"))) {
      image.set("pullPolicy", ImageName.pullPolicy(image.textOrEmpty("reference")));
    }
  }

  private static void pullPolicyOfImage(JsonObject container) {
    if (UnsetField.isUnset(container.get("imagePullPolicy"))) {
      String image = container.text("image");
      container.set(
          "imagePullPolicy",
          image == null || image.isEmpty() ? "IfNotPresent" : ImageName.pullPolicy(image));
    }
  }

  /// `serviceAccount` is the old name of `serviceAccountName`; the new one wins.
  private static void serviceAccountAlias(JsonObject spec) {
    if (UnsetField.isUnset(spec.get("serviceAccountName"))) {
      copyField(spec, "serviceAccount", "serviceAccountName");
    } else {
      copyField(spec, "serviceAccountName", "serviceAccount");
    }
  }

  private static void copyField(JsonObject structure, String from, String to) {
    Json value = structure.get(from);
    if (value != null && !UnsetField.isUnset(value)) {
      structure.set(to, value);
    }
  }

  private static void graceOfPod(JsonObject pod) {
    JsonObject spec = pod.object("spec");
    if (spec != null
        && spec.get("terminationGracePeriodSeconds") instanceof Json.Whole seconds
        && seconds.value() < 0) {
      spec.set("terminationGracePeriodSeconds", Json.of(1));
    }
  }

  /// A pod's container (not a template's) requests what it is limited to, where it says no request of its own.
  private static void requestsFromLimits(JsonObject pod) {
    for (JsonObject container : containers(pod)) {
      JsonObject resources = container.object("resources");
      JsonObject limits = resources == null ? null : resources.object("limits");
      if (resources != null && limits != null) {
        fillAbsent(resources.objectAt("requests"), limits);
      }
    }
  }

  static void fillAbsent(JsonObject target, JsonObject source) {
    for (JsonObject.Field entry : source) {
      if (!target.has(entry.name())) {
        target.set(entry.name(), entry.value().copy());
      }
    }
  }

  private static void enableServiceLinks(JsonObject pod) {
    JsonObject spec = pod.objectAt("spec");
    if (spec.get("enableServiceLinks") == null
        || spec.get("enableServiceLinks") instanceof Json.Null) {
      spec.set("enableServiceLinks", Json.of(true));
    }
  }

  private static void hostPortsOnHostNetwork(JsonObject pod) {
    JsonObject spec = pod.object("spec");
    if (spec == null || !Json.Bool.TRUE.equals(spec.get("hostNetwork"))) {
      return;
    }
    for (JsonObject container : containers(pod)) {
      for (JsonObject port : container.objects("ports")) {
        Json containerPort = port.get("containerPort");
        if (containerPort != null && UnsetField.isUnset(port.get("hostPort"))) {
          port.set("hostPort", containerPort);
        }
      }
    }
  }

  private static List<JsonObject> containers(JsonObject pod) {
    JsonObject spec = pod.object("spec");
    return spec == null
        ? List.of()
        : CONTAINER_LISTS.stream().flatMap(list -> spec.objects(list).stream()).toList();
  }

  /// `podIP` is the first of `podIPs`; where they disagree the single one wins, for old kubelets.
  private static void podIps(JsonObject status) {
    String ip = status.text("podIP");
    List<JsonObject> ips = status.objects("podIPs");
    if (ip != null && !ip.isEmpty()) {
      if (ips.isEmpty() || !ip.equals(ips.getFirst().text("ip"))) {
        status.set("podIPs", JsonArray.of(new JsonObject().set("ip", ip)));
      }
    } else if (!ips.isEmpty() && ips.getFirst().text("ip") instanceof String first) {
      status.set("podIP", first);
    }
  }

  private static void allocatableFromCapacity(JsonObject status) {
    JsonObject capacity = status.object("capacity");
    if (capacity != null && status.object("allocatable") == null) {
      status.set("allocatable", capacity.copy());
    }
  }
}
