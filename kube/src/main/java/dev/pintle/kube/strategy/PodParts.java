package dev.pintle.kube.strategy;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.strategy.StrategyStep.NamedStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The parts of a pod that are changed by subresources of their own: nothing but the part is taken from what was sent.
final class PodParts {
  private static final List<String> METADATA_KEPT =
      List.of("labels", "annotations", "finalizers", "ownerReferences");
  private static final List<String> RESIZED = List.of("resources", "resizePolicy");

  private PodParts() {}

  static Map<String, NamedStep> all() {
    return Map.of(
        "onlyEphemeralContainers", PodParts::onlyEphemeralContainers,
        "onlyResize", PodParts::onlyResize);
  }

  private static void onlyEphemeralContainers(JsonObject pod, JsonObject old) {
    Json sent = pod.objectAt("spec").get("ephemeralContainers");
    restore(pod, old);
    put(pod.objectAt("spec"), "ephemeralContainers", sent);
  }

  /// Containers that were added, removed, renamed or moved stay as they were sent, for the checks to find.
  private static void onlyResize(JsonObject pod, JsonObject old) {
    JsonObject spec = pod.objectAt("spec");
    JsonObject before = old.objectAt("spec");
    for (String list : List.of("containers", "initContainers")) {
      if (size(spec.array(list)) != size(before.array(list))) {
        return;
      }
    }
    Json resources = spec.get("resources");
    Json containers = resized(spec.array("containers"), before.array("containers"));
    Json initContainers = resized(spec.array("initContainers"), before.array("initContainers"));
    restore(pod, old);
    JsonObject settled = pod.objectAt("spec");
    put(settled, "resources", resources == null ? before.get("resources") : resources);
    put(settled, "containers", containers);
    put(settled, "initContainers", initContainers);
  }

  private static int size(@Nullable JsonArray list) {
    return list == null ? 0 : list.size();
  }

  private static @Nullable Json resized(@Nullable JsonArray sent, @Nullable JsonArray before) {
    if (sent == null || before == null) {
      return sent;
    }
    List<JsonObject> now = sent.objects();
    List<JsonObject> old = before.objects();
    List<Json> merged = new ArrayList<>();
    for (int i = 0; i < Math.min(now.size(), old.size()); i++) {
      if (!Objects.equals(now.get(i).get("name"), old.get(i).get("name"))) {
        return sent;
      }
      JsonObject container = old.get(i).copy();
      for (String field : RESIZED) {
        put(container, field, now.get(i).get(field));
      }
      merged.add(container);
    }
    return JsonArray.of(merged.toArray(Json[]::new));
  }

  /// All but the names and the version is as it was.
  private static void restore(JsonObject pod, JsonObject old) {
    put(pod, "spec", old.objectAt("spec").copy());
    put(pod, "status", old.get("status"));
    JsonObject metadata = pod.objectAt("metadata");
    JsonObject before = old.objectAt("metadata");
    METADATA_KEPT.forEach(field -> put(metadata, field, before.get(field)));
  }

  private static void put(JsonObject object, String field, @Nullable Json value) {
    if (value == null) {
      object.remove(field);
    } else {
      object.set(field, value.copy());
    }
  }
}
