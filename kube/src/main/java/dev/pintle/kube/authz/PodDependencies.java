package dev.pintle.kube.authz;

import dev.pintle.kube.authz.NodeVertex.Kind;
import dev.pintle.kube.object.JsonObject;
import java.util.List;
import java.util.Set;

/// The collector of what one pod names in its namespace.
///
/// @param pod whose namespace and name count
/// @param found takes what is named
record PodDependencies(NodeVertex pod, Set<NodeVertex> found) {
  private static final List<String> CONTAINERS =
      List.of("initContainers", "containers", "ephemeralContainers");
  private static final List<String> WITH_SECRET =
      List.of("cephfs", "cinder", "flexVolume", "rbd", "scaleIO", "iscsi", "storageos");

  void add(Kind kind, String name) {
    if (!name.isEmpty()) {
      found.add(new NodeVertex(kind, pod.namespace(), name));
    }
  }

  private void add(Kind kind, JsonObject reference) {
    add(kind, reference.textOrEmpty("name"));
  }

  void addSpec(JsonObject spec) {
    spec.objects("imagePullSecrets").forEach(secret -> add(Kind.SECRET, secret));
    for (String list : CONTAINERS) {
      spec.objects(list).forEach(this::addContainer);
    }
    spec.objects("volumes").forEach(this::addVolume);
  }

  private void addContainer(JsonObject container) {
    for (JsonObject source : container.objects("envFrom")) {
      add(Kind.SECRET, source.objectOrEmpty("secretRef"));
      add(Kind.CONFIG_MAP, source.objectOrEmpty("configMapRef"));
    }
    for (JsonObject variable : container.objects("env")) {
      JsonObject from = variable.objectOrEmpty("valueFrom");
      add(Kind.SECRET, from.objectOrEmpty("secretKeyRef"));
      add(Kind.CONFIG_MAP, from.objectOrEmpty("configMapKeyRef"));
    }
  }

  private void addVolume(JsonObject volume) {
    add(Kind.SECRET, volume.objectOrEmpty("secret").textOrEmpty("secretName"));
    add(Kind.SECRET, volume.objectOrEmpty("azureFile").textOrEmpty("secretName"));
    for (String source : WITH_SECRET) {
      add(Kind.SECRET, volume.objectOrEmpty(source).objectOrEmpty("secretRef"));
    }
    add(Kind.SECRET, volume.objectOrEmpty("csi").objectOrEmpty("nodePublishSecretRef"));
    add(Kind.CONFIG_MAP, volume.objectOrEmpty("configMap"));
    for (JsonObject source : volume.objectOrEmpty("projected").objects("sources")) {
      add(Kind.SECRET, source.objectOrEmpty("secret"));
      add(Kind.CONFIG_MAP, source.objectOrEmpty("configMap"));
    }
    JsonObject claim = volume.object("persistentVolumeClaim");
    if (claim != null) {
      add(Kind.CLAIM, claim.textOrEmpty("claimName"));
    } else if (volume.object("ephemeral") != null) {
      add(Kind.CLAIM, pod.name() + "-" + volume.textOrEmpty("name"));
    }
  }

  /// Those of devices, of which some were made for the pod and stand in its status.
  void addClaims(JsonObject spec, JsonObject status) {
    for (JsonObject claim : spec.objects("resourceClaims")) {
      String name = claim.textOrEmpty("resourceClaimName");
      add(Kind.RESOURCE_CLAIM, name.isEmpty() ? made(claim, status) : name);
    }
    add(
        Kind.RESOURCE_CLAIM,
        status.objectOrEmpty("extendedResourceClaimStatus").textOrEmpty("resourceClaimName"));
  }

  private static String made(JsonObject claim, JsonObject status) {
    return status.objects("resourceClaimStatuses").stream()
        .filter(one -> one.textOrEmpty("name").equals(claim.textOrEmpty("name")))
        .map(one -> one.textOrEmpty("resourceClaimName"))
        .findFirst()
        .orElse("");
  }
}
