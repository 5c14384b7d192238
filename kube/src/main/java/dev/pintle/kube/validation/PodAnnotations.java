package dev.pintle.kube.validation;

import dev.pintle.kube.object.GoText;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import java.util.List;

/// The rules of annotations of pods and their templates that mean something to the API.
final class PodAnnotations {
  private static final String MIRROR = "kubernetes.io/config.mirror";
  private static final String PROFILE = "container.apparmor.security.beta.kubernetes.io/";
  private static final String DELETION_COST = "controller.kubernetes.io/pod-deletion-cost";

  private PodAnnotations() {}

  static void check(ValidatedObject metadata, ValidatedObject spec, FieldPath path) {
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
    profiles(annotations, metadata, spec, path);
  }

  /// Those that name the profile of a container.
  private static void profiles(
      JsonObject annotations, ValidatedObject metadata, ValidatedObject spec, FieldPath path) {
    for (JsonObject.Field annotation : annotations) {
      if (annotation.name().startsWith(PROFILE) && annotation.value() instanceof Json.Text value) {
        String container = annotation.name().substring(PROFILE.length());
        FieldPath place = path.key(annotation.name());
        if (!hasContainer(spec, container)) {
          metadata.add(FieldError.invalid(place, Json.of(container), "container not found"));
        }
        if (!isProfile(value.value())) {
          String detail = "invalid AppArmor profile name: " + GoText.quote(value.value());
          metadata.add(FieldError.invalid(place, value, detail));
        }
      }
    }
  }

  private static boolean hasContainer(ValidatedObject spec, String name) {
    for (String list : List.of("initContainers", "containers", "ephemeralContainers")) {
      for (JsonObject container : spec.structure().objects(list)) {
        if (container.textOrEmpty("name").equals(name)) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean isProfile(String text) {
    return switch (text) {
      case "", "runtime/default", "unconfined" -> true;
      default -> text.startsWith("localhost/");
    };
  }

  private static boolean isCost(String text) {
    try {
      int cost = Integer.parseInt(text);
      return Integer.toString(cost).equals(text);
    } catch (NumberFormatException tooLarge) {
      return false;
    }
  }

  static void kept(ValidatedObject metadata) {
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
