package dev.pintle.kube.warning;

import dev.pintle.kube.format.Formats;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.validation.FieldPath;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The annotation that names the AppArmor profile of a container, and the field that stands for it.
final class AppArmorAnnotation {
  static final String PREFIX = "container.apparmor.security.beta.kubernetes.io/";
  static final String ADVICE = "deprecated since v1.30; use the \"appArmorProfile\" field instead";
  private static final String LOCALHOST = "localhost/";
  private static final int PROFILE_BYTES_MAX = 4_095;

  private AppArmorAnnotation() {}

  /// Gives each container of a pod that has the annotation alone the profile that it names.
  static void apply(JsonObject pod, Consumer<String> warnings) {
    JsonObject annotations = pod.objectOrEmpty("metadata").objectOrEmpty("annotations");
    JsonObject spec = pod.objectOrEmpty("spec");
    if (annotations.isEmpty() || "windows".equals(spec.objectOrEmpty("os").text("name"))) {
      return;
    }
    JsonObject podProfile = spec.objectOrEmpty("securityContext").object("appArmorProfile");
    PodWarnings.eachContainer(
        FieldPath.ROOT,
        spec,
        (_, container) -> {
          String name = PREFIX + container.textOrEmpty("name");
          String value = annotations.text(name);
          JsonObject context = container.objectOrEmpty("securityContext");
          if (value != null && context.object("appArmorProfile") == null) {
            apply(container, name, value, podProfile, warnings);
          }
        });
  }

  private static void apply(
      JsonObject container,
      String name,
      String value,
      @Nullable JsonObject podProfile,
      Consumer<String> warnings) {
    JsonObject profile = profile(value);
    if (profile != null && isValid(profile)) {
      if (profile.equals(podProfile)) {
        return;
      }
      container.objectAt("securityContext").set("appArmorProfile", profile);
    }
    warnings.accept(ObjectWarnings.shown(FieldPath.of("metadata.annotations").key(name), ADVICE));
  }

  private static boolean isValid(JsonObject profile) {
    String local = profile.textOrEmpty("localhostProfile");
    return local.equals(local.strip()) && Formats.bytes(local) <= PROFILE_BYTES_MAX;
  }

  /// The profile that a value means; null for one that means none.
  static @Nullable JsonObject profile(String value) {
    return switch (value) {
      case "unconfined" -> new JsonObject().set("type", "Unconfined");
      case "runtime/default" -> new JsonObject().set("type", "RuntimeDefault");
      default ->
          value.startsWith(LOCALHOST) && value.length() > LOCALHOST.length()
              ? new JsonObject()
                  .set("type", "Localhost")
                  .set("localhostProfile", value.substring(LOCALHOST.length()))
              : null;
    };
  }
}
