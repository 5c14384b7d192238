package dev.pintle.kube.authz;

import dev.pintle.kube.authz.NodeVertex.Kind;
import dev.pintle.kube.object.JsonObject;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The relations of objects to nodes that one stored object makes: a pod to what it names, an attachment, slice or request to its node, a
/// volume to its claim.
///
/// @param node empty for a volume, which leads to a node by the pods of its claim
/// @param claim of a volume; empty name for the others
/// @param vertices what the edges begin at
record NodeEdges(String node, NodeVertex claim, Set<NodeVertex> vertices) {
  static final NodeVertex NO_CLAIM = new NodeVertex(Kind.CLAIM, "", "");
  static final NodeEdges NONE = new NodeEdges("", NO_CLAIM, Set.of());

  private static final String MIRROR = "kubernetes.io/config.mirror";

  /// The sources of volumes that name a secret of the claim's namespace, or of another.
  private static final List<String> WITH_OWN_NAMESPACE =
      List.of("cephfs", "flexVolume", "rbd", "scaleIO", "iscsi");

  private static final List<String> ELSEWHERE = List.of("cinder", "storageos");
  private static final List<String> OF_NODES =
      List.of("nodePublishSecretRef", "nodeStageSecretRef", "nodeExpandSecretRef");

  NodeEdges {
    vertices = Set.copyOf(vertices);
  }

  static NodeEdges of(Kind kind, JsonObject object) {
    JsonObject metadata = object.objectOrEmpty("metadata");
    String namespace = metadata.textOrEmpty("namespace");
    NodeVertex self = new NodeVertex(kind, namespace, metadata.textOrEmpty("name"));
    return switch (kind) {
      case POD -> ofPod(object, self);
      case VOLUME -> ofVolume(object.objectOrEmpty("spec"), self);
      case ATTACHMENT, SLICE, CERTIFICATE_REQUEST ->
          direct(object.objectOrEmpty("spec").textOrEmpty("nodeName"), Set.of(self));
      case SECRET, CONFIG_MAP, CLAIM, RESOURCE_CLAIM, ACCOUNT -> NONE;
    };
  }

  private static NodeEdges direct(String node, Set<NodeVertex> vertices) {
    return node.isEmpty() ? NONE : new NodeEdges(node, NO_CLAIM, vertices);
  }

  private static NodeEdges ofPod(JsonObject pod, NodeVertex self) {
    JsonObject spec = pod.objectOrEmpty("spec");
    Set<NodeVertex> vertices = new HashSet<>();
    vertices.add(self);
    // What a node made itself gives it nothing.
    boolean mirror = pod.objectOrEmpty("metadata").objectOrEmpty("annotations").has(MIRROR);
    if (!mirror) {
      PodDependencies names = new PodDependencies(self, vertices);
      names.add(Kind.ACCOUNT, spec.textOrEmpty("serviceAccountName"));
      names.addSpec(spec);
      names.addClaims(spec, pod.objectOrEmpty("status"));
    }
    return direct(spec.textOrEmpty("nodeName"), vertices);
  }

  private static NodeEdges ofVolume(JsonObject spec, NodeVertex self) {
    JsonObject claim = spec.object("claimRef");
    if (claim == null) {
      return NONE;
    }
    String namespace = claim.textOrEmpty("namespace");
    Set<NodeVertex> vertices = new HashSet<>();
    vertices.add(self);
    addSecrets(spec, namespace, vertices);
    return new NodeEdges(
        "", new NodeVertex(Kind.CLAIM, namespace, claim.textOrEmpty("name")), vertices);
  }

  private static void addSecrets(JsonObject spec, String namespace, Set<NodeVertex> vertices) {
    JsonObject file = spec.objectOrEmpty("azureFile");
    String given = file.textOrEmpty("secretNamespace");
    addSecret(given.isEmpty() ? namespace : given, file.textOrEmpty("secretName"), vertices);
    for (String source : WITH_OWN_NAMESPACE) {
      JsonObject secret = spec.objectOrEmpty(source).objectOrEmpty("secretRef");
      String own = secret.textOrEmpty("namespace");
      addSecret(own.isEmpty() ? namespace : own, secret.textOrEmpty("name"), vertices);
    }
    for (String source : ELSEWHERE) {
      addSecret(spec.objectOrEmpty(source).objectOrEmpty("secretRef"), vertices);
    }
    for (String reference : OF_NODES) {
      addSecret(spec.objectOrEmpty("csi").objectOrEmpty(reference), vertices);
    }
  }

  private static void addSecret(JsonObject reference, Set<NodeVertex> vertices) {
    addSecret(reference.textOrEmpty("namespace"), reference.textOrEmpty("name"), vertices);
  }

  private static void addSecret(String namespace, String name, Set<NodeVertex> vertices) {
    if (!name.isEmpty()) {
      vertices.add(new NodeVertex(Kind.SECRET, namespace, name));
    }
  }
}
