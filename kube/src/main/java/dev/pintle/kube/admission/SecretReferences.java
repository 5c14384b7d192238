package dev.pintle.kube.admission;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The search for references to secrets in a pod.
public final class SecretReferences {
  /// The kinds of volumes that refer to a secret by an object, and its field.
  private static final Map<String, String> VOLUMES =
      Map.of(
          "cephfs", "secretRef",
          "cinder", "secretRef",
          "flexVolume", "secretRef",
          "rbd", "secretRef",
          "scaleIO", "secretRef",
          "iscsi", "secretRef",
          "storageos", "secretRef",
          "csi", "nodePublishSecretRef");

  private SecretReferences() {}

  /// Whether the spec of a pod names a secret.
  public static boolean anyIn(JsonObject spec) {
    return spec.objects("imagePullSecrets").stream().anyMatch(SecretReferences::isNamed)
        || inContainers(spec)
        || spec.objects("volumes").stream().anyMatch(SecretReferences::inVolume);
  }

  private static boolean inContainers(JsonObject spec) {
    for (String list : List.of("initContainers", "containers", "ephemeralContainers")) {
      for (JsonObject container : spec.objects(list)) {
        boolean whole =
            container.objects("envFrom").stream()
                .anyMatch(source -> isNamed(source.object("secretRef")));
        boolean single =
            container.objects("env").stream()
                .map(SecretReferences::ofVariable)
                .anyMatch(secret -> secret != null && !secret.isEmpty());
        if (whole || single) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean inVolume(JsonObject volume) {
    JsonObject secret = volume.object("secret");
    JsonObject file = volume.object("azureFile");
    JsonObject projected = volume.object("projected");
    return (secret != null && has(secret, "secretName"))
        || (file != null && has(file, "secretName"))
        || (projected != null && inSources(projected))
        || VOLUMES.entrySet().stream().anyMatch(kind -> refers(volume, kind));
  }

  private static boolean inSources(JsonObject projected) {
    return projected.objects("sources").stream()
        .anyMatch(source -> isNamed(source.object("secret")));
  }

  private static boolean refers(JsonObject volume, Map.Entry<String, String> kind) {
    JsonObject source = volume.object(kind.getKey());
    return source != null && isNamed(source.object(kind.getValue()));
  }

  /// The secret from which a variable of a container comes; null for another origin.
  static @Nullable String ofVariable(JsonObject variable) {
    JsonObject from = variable.object("valueFrom");
    JsonObject key = from == null ? null : from.object("secretKeyRef");
    return key == null ? null : key.textOrEmpty("name");
  }

  private static boolean isNamed(@Nullable JsonObject reference) {
    return reference != null && has(reference, "name");
  }

  private static boolean has(JsonObject object, String field) {
    return object.get(field) instanceof Json.Text(String name) && !name.isEmpty();
  }
}
