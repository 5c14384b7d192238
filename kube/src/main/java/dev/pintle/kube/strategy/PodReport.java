package dev.pintle.kube.strategy;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The parts of a pod's status that a client which does not know of them cannot take away by leaving them out.
final class PodReport {
  private static final String GENERATION = "observedGeneration";
  private static final List<String> KEPT =
      List.of(
          "resourceClaimStatuses",
          "extendedResourceClaimStatus",
          "nodeAllocatableResourceClaimStatuses");

  private PodReport() {}

  static void complete(JsonObject pod, JsonObject old) {
    JsonObject before = old.objectOrEmpty("status");
    JsonObject status = pod.objectAt("status");
    for (String field : KEPT) {
      // An empty list takes away what one that is left out would not.
      if (isAbsent(status.given(field))) {
        keep(status, before, field);
      }
    }
    if (status.textOrEmpty("qosClass").isEmpty()) {
      keep(status, before, "qosClass");
    }
    generations(status, before);
  }

  private static boolean isAbsent(@Nullable Json value) {
    return value == null || value instanceof Json.Null;
  }

  private static void keep(JsonObject status, JsonObject before, String field) {
    Json kept = before.get(field);
    if (kept != null && !isAbsent(kept)) {
      status.set(field, kept.copy());
    }
  }

  /// Conditions of one type are taken in their order.
  private static void generations(JsonObject status, JsonObject before) {
    if (status.wholeOrZero(GENERATION) == 0) {
      keep(status, before, GENERATION);
    }
    Map<String, Deque<JsonObject>> known = new HashMap<>();
    for (JsonObject condition : before.objects("conditions")) {
      known.computeIfAbsent(condition.textOrEmpty("type"), _ -> new ArrayDeque<>()).add(condition);
    }
    for (JsonObject condition : status.objects("conditions")) {
      Deque<JsonObject> ones = known.get(condition.textOrEmpty("type"));
      JsonObject one = ones == null ? null : ones.poll();
      if (one != null && condition.wholeOrZero(GENERATION) == 0) {
        keep(condition, one, GENERATION);
      }
    }
  }
}
