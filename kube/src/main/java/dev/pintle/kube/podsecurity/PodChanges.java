package dev.pintle.kube.podsecurity;

import dev.pintle.kube.object.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The changes of a pod that make it another pod to PodSecurity: of what it runs.
final class PodChanges {
  private static final List<String> LASTING = List.of("containers", "initContainers");

  private PodChanges() {}

  static boolean matter(JsonObject pod, JsonObject old) {
    JsonObject spec = pod.objectOrEmpty("spec");
    JsonObject before = old.objectOrEmpty("spec");
    return LASTING.stream()
            .anyMatch(list -> !images(spec.objects(list)).equals(images(before.objects(list))))
        || addsImage(spec.objects("ephemeralContainers"), before.objects("ephemeralContainers"));
  }

  private static List<String> images(List<JsonObject> containers) {
    return containers.stream().map(container -> container.textOrEmpty("image")).toList();
  }

  private static boolean addsImage(List<JsonObject> containers, List<JsonObject> before) {
    Map<String, String> images = new HashMap<>();
    before.forEach(container ->
        images.putIfAbsent(container.textOrEmpty("name"), container.textOrEmpty("image")));
    return containers.stream()
        .anyMatch(container ->
            !container.textOrEmpty("image").equals(images.get(container.textOrEmpty("name"))));
  }
}
