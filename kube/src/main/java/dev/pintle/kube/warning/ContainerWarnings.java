package dev.pintle.kube.warning;

import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.validation.FieldPath;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The warnings of each container of a pod by itself.
///
/// @param path of the pod; the root for one that is no template
/// @param annotations of the pod
/// @param podProfile the AppArmor profile of the pod; null when it has none
record ContainerWarnings(
    FieldPath path,
    JsonObject annotations,
    @Nullable JsonObject podProfile,
    Consumer<String> warnings) {
  private static final String SECCOMP = "container.seccomp.security.alpha.kubernetes.io/";

  static void of(
      FieldPath path, JsonObject spec, JsonObject annotations, Consumer<String> warnings) {
    JsonObject profile = spec.objectOrEmpty("securityContext").object("appArmorProfile");
    PodWarnings.eachContainer(
        path.child("spec"),
        spec,
        new ContainerWarnings(path, annotations, profile, warnings)::look);
  }

  private void look(FieldPath place, JsonObject container) {
    if (!annotations.isEmpty()) {
      profiles(container);
    }
    JsonObject resources = container.objectOrEmpty("resources");
    for (String resource : List.of("memory", "ephemeral-storage")) {
      for (String list : List.of("limits", "requests")) {
        StorageWarnings.fraction(
            place.child("resources").child(list),
            resources.objectOrEmpty(list),
            resource,
            warnings);
      }
    }
    environment(place.child("env"), container.objects("env"));
  }

  private void profiles(JsonObject container) {
    JsonObject context = container.objectOrEmpty("securityContext");
    String name = container.textOrEmpty("name");
    if (annotations.has(SECCOMP + name) && context.object("seccompProfile") == null) {
      annotation(
          SECCOMP + name, "non-functional in v1.27+; use the \"seccompProfile\" field instead");
    }
    // Of a pod itself the annotation becomes the field, which says so.
    String profile = path.isRoot() ? null : annotations.text(AppArmorAnnotation.PREFIX + name);
    if (profile != null
        && context.object("appArmorProfile") == null
        && (podProfile == null || !podProfile.equals(AppArmorAnnotation.profile(profile)))) {
      annotation(AppArmorAnnotation.PREFIX + name, AppArmorAnnotation.ADVICE);
    }
  }

  private void annotation(String name, String advice) {
    warnings.accept(
        ObjectWarnings.shown(path.child("metadata").child("annotations").key(name), advice));
  }

  private void environment(FieldPath place, List<JsonObject> variables) {
    if (variables.size() < 2) {
      return;
    }
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < variables.size(); i++) {
      JsonObject variable = variables.get(i);
      String name = variable.textOrEmpty("name");
      if (!seen.add(name) && hides(variable, "$(" + name + ")")) {
        warnings.accept(
            "%s: hides previous definition of \"%s\", which may be dropped when using apply"
                .formatted(place.index(i), name));
      }
    }
  }

  /// Whether what the variable was before does not live on in it.
  private static boolean hides(JsonObject variable, String reference) {
    String value = variable.textOrEmpty("value");
    return variable.object("valueFrom") != null
        || value.equals(reference)
        || !TextSearch.contains(value, reference);
  }
}
