package dev.pintle.kube.table;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// Cells of pods.
final class PodCells {
  private PodCells() {}

  static Map<String, Function<List<String>, Cell>> all() {
    return Map.of(
        "pod-ready", _ -> PlainCells.text(pod -> PodSummary.of(pod).ready()),
        "pod-status", _ -> PlainCells.text(pod -> PodSummary.of(pod).reason()),
        "pod-restarts", _ -> (pod, now) -> Json.of(PodSummary.of(pod).restarts(now)),
        "pod-ip", _ -> PlainCells.text(PodCells::ip),
        "pod-readiness-gates", _ -> PlainCells.text(PodCells::readinessGates));
  }

  private static String ip(JsonObject pod) {
    List<JsonObject> ips = NestedFields.objects(pod, "status", "podIPs");
    return ips.isEmpty()
        ? NestedFields.NONE
        : NestedFields.textOr(NestedFields.NONE, ips.getFirst(), "ip");
  }

  private static String readinessGates(JsonObject pod) {
    List<JsonObject> gates = NestedFields.objects(pod, "spec", "readinessGates");
    if (gates.isEmpty()) {
      return NestedFields.NONE;
    }
    long met =
        gates.stream()
            .filter(gate ->
                NestedFields.hasTrueCondition(pod, NestedFields.text(gate, "conditionType")))
            .count();
    return met + "/" + gates.size();
  }
}
