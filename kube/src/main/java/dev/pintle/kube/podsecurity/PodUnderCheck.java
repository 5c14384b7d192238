package dev.pintle.kube.podsecurity;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// A pod, or the template of one, as checks look at it.
final class PodUnderCheck {
  private final JsonObject annotations;
  private final JsonObject spec;
  private final JsonObject securityContext;
  private final List<JsonObject> containers;

  PodUnderCheck(JsonObject metadata, JsonObject spec) {
    this.annotations = metadata.objectOrEmpty("annotations");
    this.spec = spec;
    this.securityContext = spec.objectOrEmpty("securityContext");
    List<JsonObject> all = new ArrayList<>(spec.objects("initContainers"));
    all.addAll(spec.objects("containers"));
    all.addAll(spec.objects("ephemeralContainers"));
    this.containers = all;
  }

  /// @param pod an object, or a template
  static PodUnderCheck of(JsonObject pod) {
    return new PodUnderCheck(pod.objectOrEmpty("metadata"), pod.objectOrEmpty("spec"));
  }

  JsonObject annotations() {
    return annotations;
  }

  JsonObject spec() {
    return spec;
  }

  /// That of the pod; empty when there is none.
  JsonObject securityContext() {
    return securityContext;
  }

  /// Of all three kinds: those that begin, those that stay, and those that were added to look around.
  List<JsonObject> containers() {
    return containers;
  }

  /// The names of the containers whose security context is such.
  List<String> containersWith(Predicate<JsonObject> condition) {
    List<String> names = new ArrayList<>(0);
    for (JsonObject container : containers) {
      if (condition.test(container.objectOrEmpty("securityContext"))) {
        names.add(container.textOrEmpty("name"));
      }
    }
    return names;
  }

  boolean isWindows() {
    return spec.objectOrEmpty("os").textOrEmpty("name").equals("windows");
  }

  /// Whether root in it is nobody outside.
  boolean hasOwnUsers() {
    return Json.Bool.FALSE.equals(spec.get("hostUsers"));
  }

  String runtimeClass() {
    return spec.textOrEmpty("runtimeClassName");
  }
}
