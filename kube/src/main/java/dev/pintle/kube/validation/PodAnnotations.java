package dev.pintle.kube.validation;

import dev.pintle.kube.object.GoText;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import java.util.List;

/// The rules of annotations of pods and their templates that mean something to the API.
final class PodAnnotations {
  private static final String MIRROR = "kubernetes.io/config.mirror";
  private static final String PROFILE = "container.apparmor.security.beta.kubernetes.io/";
  private static final String FILTER_OF_POD = "seccomp.security.alpha.kubernetes.io/pod";
  private static final String FILTER = "container.seccomp.security.alpha.kubernetes.io/";
  private static final String LOCAL = "localhost/";
  private static final String DELETION_COST = "controller.kubernetes.io/pod-deletion-cost";

  private PodAnnotations() {}

  static void check(ValidatedObject metadata, ValidatedObject spec, FieldPath path) {
    JsonObject annotations = metadata.map("annotations");
    if (annotations.get(MIRROR) instanceof Json.Text(var value)
        && spec.text("nodeName").isEmpty()) {
      String detail = "must set spec.nodeName if mirror pod annotation is set";
      metadata.add(FieldError.invalid(path.key(MIRROR), Json.of(value), detail));
    }
    AnnotatedTolerations.check(annotations, metadata, path);
    if (annotations.get(DELETION_COST) instanceof Json.Text(var cost)
        && !isCost(cost)
        && !OldFaults.inDeletionCost(metadata.context(), DELETION_COST)) {
      metadata.add(
          FieldError.invalid(path.key(DELETION_COST), Json.of(cost), "must be a 32bit integer"));
    }
    filters(annotations, metadata, path);
    profiles(annotations, metadata, spec, path);
  }

  /// Whether the object is a pod that mirrors one of its node.
  static boolean isMirror(ValidationContext context) {
    return context.type().kind().equals("Pod")
        && context.object().objectOrEmpty("metadata").objectOrEmpty("annotations").has(MIRROR);
  }

  /// Those that name what system calls are let through.
  private static void filters(JsonObject annotations, ValidatedObject metadata, FieldPath path) {
    if (annotations.get(FILTER_OF_POD) instanceof Json.Text value) {
      filter(value, metadata, path.child(FILTER_OF_POD));
    }
    for (JsonObject.Field annotation : annotations) {
      if (annotation.name().startsWith(FILTER) && annotation.value() instanceof Json.Text value) {
        filter(value, metadata, path.child(annotation.name()));
      }
    }
  }

  private static void filter(Json.Text value, ValidatedObject metadata, FieldPath path) {
    switch (value.value()) {
      case "runtime/default", "docker/default", "unconfined" -> {}
      default -> {
        if (value.value().startsWith(LOCAL)) {
          FilePaths.descending(metadata, value.value().substring(LOCAL.length()), path);
        } else {
          metadata.add(FieldError.invalid(path, value, "must be a valid seccomp profile"));
        }
      }
    }
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
      default -> text.startsWith(LOCAL);
    };
  }

  static boolean isCost(String text) {
    try {
      int cost = Integer.parseInt(text);
      return Integer.toString(cost).equals(text);
    } catch (NumberFormatException tooLarge) {
      return false;
    }
  }

  /// Those that say how containers are confined, and that a pod mirrors one of its node, stay as they are.
  static void kept(ValidatedObject metadata) {
    JsonObject old =
        metadata.old() == null ? new JsonObject() : metadata.old().objectOrEmpty("annotations");
    JsonObject now = metadata.map("annotations");
    FieldPath path = metadata.path("annotations");
    for (JsonObject.Field annotation : old) {
      if (!annotation.value().equals(now.get(annotation.name()))) {
        kept(metadata, path, annotation.name(), "may not remove or update ");
      }
    }
    for (JsonObject.Field annotation : now) {
      if (!old.has(annotation.name())) {
        kept(metadata, path, annotation.name(), "may not add ");
      }
    }
  }

  private static void kept(ValidatedObject metadata, FieldPath path, String name, String what) {
    if (name.startsWith(PROFILE)) {
      metadata.add(FieldError.forbidden(path.key(name), what + "AppArmor annotations"));
    }
    if (name.equals(MIRROR)) {
      metadata.add(FieldError.forbidden(path.key(name), what + "mirror pod annotation"));
    }
  }
}
