package dev.pintle.kube.validation;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import java.util.List;
import java.util.Map;

/// The rules of what controllers report of the things they run.
final class StatusRules {
  private StatusRules() {}

  static Map<String, NamedRule> all() {
    return Map.of(
        "replicasOfDeployment",
            status ->
                replicas(status, List.of("updatedReplicas", "readyReplicas"), "readyReplicas"),
        "replicasOfReplicaSet",
            status ->
                replicas(status, List.of("fullyLabeledReplicas", "readyReplicas"), "readyReplicas"),
        "replicasOfSet",
            status ->
                replicas(
                    status,
                    List.of("readyReplicas", "currentReplicas", "updatedReplicas"),
                    "status.readyReplicas"),
        "collisionCountGrows", StatusRules::collisionCountGrows);
  }

  private static void replicas(ValidatedObject status, List<String> parts, String ready) {
    parts.forEach(part -> notMore(status, part, "replicas", "status.replicas"));
    notMore(status, "availableReplicas", "replicas", "status.replicas");
    notMore(status, "availableReplicas", "readyReplicas", ready);
  }

  private static void notMore(ValidatedObject status, String part, String whole, String called) {
    if (status.number(part) > status.number(whole)) {
      FieldPath path = status.path(part);
      status.add(
          FieldError.invalid(
              path, Json.of(status.number(part)), "cannot be greater than " + called));
    }
  }

  private static void collisionCountGrows(ValidatedObject object) {
    ValidatedObject status = object.childOrEmpty("status");
    JsonObject old = status.old();
    if (old == null || !(old.get("collisionCount") instanceof Json.Whole(var before))) {
      return;
    }
    long now = status.number("collisionCount");
    if (now < before || !status.has("collisionCount")) {
      status.add(
          FieldError.invalid(status.path("collisionCount"), Json.of(now), "cannot be decremented"));
    }
  }
}
