package dev.pintle.kube.validation;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;

/// The rules of annotations of pods and their templates that mean something to the API.
final class PodAnnotations {
  private static final String MIRROR = "kubernetes.io/config.mirror";
  private static final String DELETION_COST = "controller.kubernetes.io/pod-deletion-cost";

  private PodAnnotations() {}

  static void check(Place metadata, Place spec, FieldPath path) {
    JsonObject annotations = metadata.map("annotations");
    if (annotations.get(MIRROR) instanceof Json.Text(var value)
        && spec.text("nodeName").isEmpty()) {
      String detail = "must set spec.nodeName if mirror pod annotation is set";
      metadata.add(FieldError.invalid(path.key(MIRROR), Json.of(value), detail));
    }
    if (annotations.get(DELETION_COST) instanceof Json.Text(var cost) && !isCost(cost)) {
      metadata.add(
          FieldError.invalid(path.key(DELETION_COST), Json.of(cost), "must be a 32bit integer"));
    }
  }

  private static boolean isCost(String text) {
    try {
      int cost = Integer.parseInt(text);
      return Integer.toString(cost).equals(text);
    } catch (NumberFormatException tooLarge) {
      return false;
    }
  }

  static void kept(Place metadata) {
    JsonObject old = metadata.old() == null ? null : metadata.old().object("annotations");
    Json before = old == null ? null : old.get(MIRROR);
    Json now = metadata.map("annotations").get(MIRROR);
    FieldPath path = metadata.path("annotations").key(MIRROR);
    if (before != null && !before.equals(now)) {
      metadata.add(FieldError.forbidden(path, "may not remove or update mirror pod annotation"));
    } else if (before == null && now != null) {
      metadata.add(FieldError.forbidden(path, "may not add mirror pod annotation"));
    }
  }
}
