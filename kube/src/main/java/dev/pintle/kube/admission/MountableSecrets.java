package dev.pintle.kube.admission;

import dev.pintle.kube.object.JsonObject;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The secrets that pods of a service account may use, where the account is annotated that they may use no others.
///
/// @param account its name
/// @param mountable what its pods may mount and read
/// @param pulling with what its pods may pull images
record MountableSecrets(String account, Set<String> mountable, Set<String> pulling) {
  private static final String ENFORCED = "kubernetes.io/enforce-mountable-secrets";
  // What Go takes for true.
  private static final Set<String> TRUE = Set.of("1", "t", "T", "TRUE", "true", "True");

  /// Empty when the account leaves its pods all secrets of the namespace.
  static Optional<MountableSecrets> of(JsonObject account) {
    JsonObject metadata = account.objectAt("metadata");
    JsonObject annotations = metadata.object("annotations");
    String enforced = annotations == null ? null : annotations.text(ENFORCED);
    if (enforced == null || !TRUE.contains(enforced)) {
      return Optional.empty();
    }
    return Optional.of(
        new MountableSecrets(
            String.valueOf(metadata.text("name")),
            names(account.objects("secrets")),
            names(account.objects("imagePullSecrets"))));
  }

  private static Set<String> names(List<JsonObject> references) {
    Set<String> names = new HashSet<>();
    for (JsonObject reference : references) {
      names.add(reference.textOrEmpty("name"));
    }
    return names;
  }

  /// Which secret a new pod may not use, in upstream's words.
  Optional<String> complaint(JsonObject spec) {
    return volumes(spec)
        .or(() -> containers(spec, "initContainers", "init container"))
        .or(() -> containers(spec, "containers", "container"))
        .or(() -> pulls(spec));
  }

  /// As [#complaint], of containers that are added to a running pod.
  Optional<String> ephemeralComplaint(JsonObject spec) {
    return containers(spec, "ephemeralContainers", "ephemeral container");
  }

  private Optional<String> volumes(JsonObject spec) {
    for (JsonObject volume : spec.objects("volumes")) {
      JsonObject secret = volume.object("secret");
      if (secret != null && !mountable.contains(secret.textOrEmpty("secretName"))) {
        return Optional.of(refused("volume with", secret.textOrEmpty("secretName")));
      }
    }
    return Optional.empty();
  }

  private Optional<String> containers(JsonObject spec, String field, String word) {
    for (JsonObject container : spec.objects(field)) {
      String name = word + " " + container.textOrEmpty("name");
      for (JsonObject variable : container.objects("env")) {
        String secret = SecretReferences.ofVariable(variable);
        if (secret != null && !mountable.contains(secret)) {
          String what =
              "%s with envVar %s referencing".formatted(name, variable.textOrEmpty("name"));
          return Optional.of(refused(what, secret));
        }
      }
      for (JsonObject source : container.objects("envFrom")) {
        JsonObject secret = source.object("secretRef");
        if (secret != null && !mountable.contains(secret.textOrEmpty("name"))) {
          return Optional.of(
              refused(name + " with envFrom referencing", secret.textOrEmpty("name")));
        }
      }
    }
    return Optional.empty();
  }

  private Optional<String> pulls(JsonObject spec) {
    List<JsonObject> references = spec.objects("imagePullSecrets");
    for (int i = 0; i < references.size(); i++) {
      String name = references.get(i).textOrEmpty("name");
      if (!pulling.contains(name)) {
        return Optional.of(
            "imagePullSecrets[%d].name=\"%s\" is not allowed because service account %s does not reference that imagePullSecret"
                .formatted(i, name, account));
      }
    }
    return Optional.empty();
  }

  private String refused(String what, String secret) {
    return "%s secret.secretName=\"%s\" is not allowed because service account %s does not reference that secret"
        .formatted(what, secret, account);
  }
}
