package dev.pintle.kube.validation;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import org.jspecify.annotations.Nullable;

/// The rules of how containers are confined, where annotations of old and fields say it both.
final class ConfinementRules {
  private static final String LOCAL = "localhost/";

  /// One way to confine.
  ///
  /// @param name as faults tell it
  /// @param field of a security context
  /// @param prefix of the annotations of containers
  private record Means(String name, String field, String prefix) {}

  private static final Means FILTER =
      new Means("seccomp", "seccompProfile", "container.seccomp.security.alpha.kubernetes.io/");
  private static final Means PROFILE =
      new Means("apparmor", "appArmorProfile", "container.apparmor.security.beta.kubernetes.io/");

  private ConfinementRules() {}

  /// @param pod or a template of pods
  static void alike(ValidatedObject pod) {
    JsonObject annotations = pod.childOrEmpty("metadata").map("annotations");
    ValidatedObject spec = pod.childOrEmpty("spec");
    if (annotations.isEmpty()) {
      return;
    }
    JsonObject ofPod = profile(spec, FILTER);
    if (ofPod != null) {
      alike(annotations, "seccomp.security.alpha.kubernetes.io/pod", ofPod, spec, FILTER);
    }
    containers(annotations, spec, FILTER, null);
    if (!spec.childOrEmpty("os").text("name").equals("windows")) {
      containers(annotations, spec, PROFILE, profile(spec, PROFILE));
    }
  }

  private static void containers(
      JsonObject annotations, ValidatedObject spec, Means means, @Nullable JsonObject ofPod) {
    for (String list : Containers.LISTS) {
      for (ValidatedObject container : spec.items(list)) {
        JsonObject own = profile(container, means);
        JsonObject profile = own == null ? ofPod : own;
        if (profile != null) {
          alike(annotations, means.prefix + container.text("name"), profile, container, means);
        }
      }
    }
  }

  private static @Nullable JsonObject profile(ValidatedObject confined, Means means) {
    return confined.structure().objectOrEmpty("securityContext").object(means.field);
  }

  private static void alike(
      JsonObject annotations,
      String annotation,
      JsonObject profile,
      ValidatedObject confined,
      Means means) {
    if (!(annotations.get(annotation) instanceof Json.Text(var value))) {
      return;
    }
    FieldPath path = confined.path("securityContext").child(means.field);
    boolean local = value.startsWith(LOCAL);
    boolean sameType =
        switch (profile.textOrEmpty("type")) {
          case "Unconfined" -> value.equals("unconfined");
          case "RuntimeDefault" ->
              value.equals("runtime/default")
                  || (means.equals(FILTER) && value.equals("docker/default"));
          case "Localhost" -> local;
          default -> true;
        };
    if (!sameType) {
      confined.add(
          FieldError.forbidden(
              path.child("type"), means.name + " type in annotation and field must match"));
    } else if (profile.textOrEmpty("type").equals("Localhost")
        && !(profile.get("localhostProfile") instanceof Json.Text(var name)
            && value.substring(LOCAL.length()).equals(name))) {
      confined.add(
          FieldError.forbidden(
              path.child("localhostProfile"),
              means.name + " profile in annotation and field must match"));
    }
  }
}
