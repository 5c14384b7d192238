package dev.pintle.kube.strategy;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.strategy.StrategyStep.NamedStep;
import java.util.List;
import java.util.Map;

/// The steps of pods.
final class PodSteps {
  private static final List<String> TERMS =
      List.of(
          "preferredDuringSchedulingIgnoredDuringExecution",
          "requiredDuringSchedulingIgnoredDuringExecution");

  private PodSteps() {}

  static Map<String, NamedStep> all() {
    return Map.of(
        "gatedCondition", (pod, _) -> gatedCondition(pod),
        "labelKeys", (pod, _) -> labelKeys(pod),
        "qosClass",
            (pod, _) -> pod.objectAt("status").set("qosClass", QosClass.of(pod.objectAt("spec"))),
        "reportKept", PodReport::complete,
        "podResources", PodSteps::podResources,
        "wholePodResources", (pod, _) -> WholePodResources.complete(pod));
  }

  private static void gatedCondition(JsonObject pod) {
    JsonArray gates = pod.objectAt("spec").array("schedulingGates");
    if (gates != null && !gates.isEmpty()) {
      JsonObject condition =
          new JsonObject()
              .set("type", "PodScheduled")
              .set("status", "False")
              .set("lastProbeTime", Json.NULL)
              .set("lastTransitionTime", bornAt(pod))
              .set("reason", "SchedulingGated")
              .set("message", "Scheduling is blocked due to non-empty scheduling gates");
      pod.objectAt("status").set("conditions", JsonArray.of(condition));
    }
  }

  private static Json bornAt(JsonObject pod) {
    Json born = pod.objectAt("metadata").get("creationTimestamp");
    return born == null ? Json.NULL : born;
  }

  /// Clients that do not know of resources of a whole pod do not take them away.
  private static void podResources(JsonObject pod, JsonObject old) {
    Json kept = old.objectAt("spec").get("resources");
    if (kept != null && !pod.objectAt("spec").has("resources")) {
      pod.objectAt("spec").set("resources", kept.copy());
    }
  }

  /// Where a rule names only the keys of labels, the pod's own values become part of its selector.
  private static void labelKeys(JsonObject pod) {
    JsonObject spec = pod.objectAt("spec");
    JsonObject labels = pod.objectAt("metadata").object("labels");
    if (labels == null) {
      return;
    }
    for (JsonObject constraint : spec.objects("topologySpreadConstraints")) {
      select(constraint, "matchLabelKeys", "In", labels);
    }
    JsonObject affinity = spec.objectOrEmpty("affinity");
    for (String kind : List.of("podAffinity", "podAntiAffinity")) {
      JsonObject rules = affinity.objectOrEmpty(kind);
      for (String list : TERMS) {
        for (JsonObject term : rules.objects(list)) {
          JsonObject inner =
              term.object("podAffinityTerm") instanceof JsonObject weighted ? weighted : term;
          select(inner, "matchLabelKeys", "In", labels);
          select(inner, "mismatchLabelKeys", "NotIn", labels);
        }
      }
    }
  }

  private static void select(JsonObject term, String keys, String operator, JsonObject labels) {
    JsonObject selector = term.object("labelSelector");
    JsonArray list = term.array(keys);
    if (selector == null || list == null) {
      return;
    }
    for (Json key : list) {
      Json value = key instanceof Json.Text(var name) ? labels.get(name) : null;
      if (value != null) {
        JsonArray expressions = selector.array("matchExpressions");
        if (expressions == null) {
          expressions = new JsonArray();
          selector.set("matchExpressions", expressions);
        }
        expressions.add(
            new JsonObject()
                .set("key", key)
                .set("operator", operator)
                .set("values", JsonArray.of(value)));
      }
    }
  }
}
