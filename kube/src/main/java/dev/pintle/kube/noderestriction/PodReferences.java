package dev.pintle.kube.noderestriction;

import dev.pintle.kube.admission.SecretReferences;
import dev.pintle.kube.object.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The search for what a pod refers to in the API: a mirror pod shows what runs without it.
final class PodReferences {
  private static final Set<String> PLAIN =
      Set.of(
          "awsElasticBlockStore",
          "azureDisk",
          "cephfs",
          "cinder",
          "downwardAPI",
          "emptyDir",
          "fc",
          "flexVolume",
          "flocker",
          "gcePersistentDisk",
          "gitRepo",
          "hostPath",
          "image",
          "iscsi",
          "nfs",
          "photonPersistentDisk",
          "portworxVolume",
          "quobyte",
          "rbd",
          "scaleIO",
          "storageos",
          "vsphereVolume");

  private static final Map<String, String> REFERRING =
      Map.of(
          "configMap", "configmaps (via configmap volumes)",
          "secret", "secrets (via secret volumes)",
          "csi", "csidrivers (via CSI volumes)",
          "glusterfs", "endpoints (via glusterFS volumes)",
          "persistentVolumeClaim", "persistentvolumeclaims",
          "ephemeral", "persistentvolumeclaims (via ephemeral volumes)",
          "azureFile", "secrets (via azureFile volumes)");

  private static final Map<String, String> SOURCES =
      Map.of(
          "configMap", "configmaps (via projected volumes)",
          "secret", "secrets (via projected volumes)",
          "serviceAccountToken", "serviceaccounts (via projected volumes)",
          "clusterTrustBundle", "clustertrustbundles",
          "podCertificate", "podcertificates");

  private static final List<String> CONTAINERS =
      List.of("initContainers", "containers", "ephemeralContainers");

  private PodReferences() {}

  /// What the first reference is to; empty when there is none.
  static Optional<String> first(JsonObject spec) {
    if (!spec.textOrEmpty("serviceAccountName").isEmpty()) {
      return Optional.of("serviceaccounts");
    }
    if (SecretReferences.anyIn(spec)) {
      return Optional.of("secrets");
    }
    if (hasConfigMaps(spec)) {
      return Optional.of("configmaps");
    }
    if (!spec.objects("resourceClaims").isEmpty()) {
      return Optional.of("resourceclaims");
    }
    return spec.objects("volumes").stream()
        .map(PodReferences::ofVolume)
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static boolean hasConfigMaps(JsonObject spec) {
    return CONTAINERS.stream()
            .flatMap(list -> spec.objects(list).stream())
            .anyMatch(PodReferences::hasConfigMap)
        || spec.objects("volumes").stream()
            .anyMatch(volume ->
                isNamed(volume.object("configMap"))
                    || volume.objectOrEmpty("projected").objects("sources").stream()
                        .anyMatch(source -> isNamed(source.object("configMap"))));
  }

  private static boolean hasConfigMap(JsonObject container) {
    return container.objects("envFrom").stream()
            .anyMatch(source -> isNamed(source.object("configMapRef")))
        || container.objects("env").stream()
            .anyMatch(
                variable -> isNamed(variable.objectOrEmpty("valueFrom").object("configMapKeyRef")));
  }

  private static boolean isNamed(@Nullable JsonObject reference) {
    return reference != null && !reference.textOrEmpty("name").isEmpty();
  }

  private static Optional<String> ofVolume(JsonObject volume) {
    if (PLAIN.stream().anyMatch(kind -> volume.object(kind) != null)) {
      return Optional.empty();
    }
    for (Map.Entry<String, String> kind : REFERRING.entrySet()) {
      if (volume.object(kind.getKey()) != null) {
        return Optional.of(kind.getValue());
      }
    }
    for (JsonObject source : volume.objectOrEmpty("projected").objects("sources")) {
      for (Map.Entry<String, String> kind : SOURCES.entrySet()) {
        if (source.object(kind.getKey()) != null) {
          return Optional.of(kind.getValue());
        }
      }
    }
    return Optional.empty();
  }
}
