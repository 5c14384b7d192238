package dev.pintle.kube.noderestriction;

import dev.pintle.kube.admission.AdmissionRequest.Action;
import dev.pintle.kube.object.GoText;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.status.StatusError;
import dev.pintle.kube.status.StatusErrors;
import dev.pintle.kube.store.StoredObject;
import java.util.function.Function;

/// The rules of what a node requests for its pods: certificates of the signers whose volumes they mount.
final class NodeCertificates {
  private static final int RETRIED = 500;

  private final NodeTokens rights;
  private final Function<String, ResourceType> types;

  /// @param types finds nodes, pods and accounts by their plural
  NodeCertificates(NodeTokens rights, Function<String, ResourceType> types) {
    this.rights = rights;
    this.types = types;
  }

  void admit(NodeAttempt attempt) {
    if (attempt.request().action() != Action.CREATE) {
      throw attempt.forbidden("unexpected operation " + attempt.request().action());
    }
    String subresource = attempt.request().subresource();
    if (!subresource.isEmpty()) {
      throw attempt.forbidden("unexpected subresource " + subresource);
    }
    JsonObject spec = attempt.object().objectOrEmpty("spec");
    requireNode(attempt, spec);
    StoredObject pod = requirePod(attempt, spec);
    requireAccount(attempt, spec, pod);
    requireSigner(attempt, spec, pod);
  }

  private static String quoted(JsonObject spec, String field) {
    return GoText.quote(spec.textOrEmpty(field));
  }

  private static String qualified(NodeAttempt attempt, JsonObject spec, String field) {
    return GoText.quote(attempt.request().namespace() + "/" + spec.textOrEmpty(field));
  }

  /// Upstream's cache may lag behind, so that the node is to try again.
  private static StatusError stale(String why) {
    return StatusErrors.bare(RETRIED, why);
  }

  private StoredObject require(NodeAttempt attempt, String plural, String name, String what) {
    ResourceType type = types.apply(plural);
    String namespace = type.namespaced() ? attempt.request().namespace() : "";
    StoredObject found = attempt.view().find(type, namespace, name);
    if (found == null) {
      throw stale(
          "while retrieving %s named in the PodCertificateRequest: %s"
              .formatted(what, NodeAttempt.missing(type, name)));
    }
    return found;
  }

  private void requireNode(NodeAttempt attempt, JsonObject spec) {
    String name = spec.textOrEmpty("nodeName");
    if (!name.equals(attempt.node())) {
      throw attempt.forbidden(
          "PodCertificateRequest.Spec.NodeName=%s, which is not the requesting node %s"
              .formatted(GoText.quote(name), GoText.quote(attempt.node())));
    }
    StoredObject node = require(attempt, "nodes", name, "node " + GoText.quote(name));
    if (!node.uid().equals(spec.textOrEmpty("nodeUID"))) {
      throw stale(
          "PodCertificateRequest for pod %s names node UID %s, inconsistent with the running node (%s)"
              .formatted(
                  qualified(attempt, spec, "podName"),
                  quoted(spec, "nodeUID"),
                  GoText.quote(node.uid())));
    }
  }

  private StoredObject requirePod(NodeAttempt attempt, JsonObject spec) {
    String shown = qualified(attempt, spec, "podName");
    StoredObject pod = require(attempt, "pods", spec.textOrEmpty("podName"), "pod " + shown);
    if (!pod.uid().equals(spec.textOrEmpty("podUID"))) {
      throw stale(
          "PodCertificateRequest for pod %s contains pod UID (%s) which differs from running pod %s"
              .formatted(shown, quoted(spec, "podUID"), GoText.quote(pod.uid())));
    }
    if (!pod.text("spec.nodeName").equals(attempt.node())) {
      throw attempt.forbidden(
          "pod %s is not running on node %s named in the PodCertificateRequest"
              .formatted(shown, quoted(spec, "nodeName")));
    }
    if (pod.tree().objectOrEmpty("metadata").objectOrEmpty("annotations").has(NodePods.MIRROR)) {
      throw attempt.forbidden("pod %s is a mirror pod".formatted(shown));
    }
    return pod;
  }

  private void requireAccount(NodeAttempt attempt, JsonObject spec, StoredObject pod) {
    String name = spec.textOrEmpty("serviceAccountName");
    String own = pod.text("spec.serviceAccountName");
    if (!name.equals(own)) {
      throw attempt.forbidden(
          "PodCertificateRequest for pod %s contains serviceAccountName (%s) that differs from running pod (%s)"
              .formatted(
                  qualified(attempt, spec, "podName"), GoText.quote(name), GoText.quote(own)));
    }
    String shown = qualified(attempt, spec, "serviceAccountName");
    StoredObject account = require(attempt, "serviceaccounts", name, "service account " + shown);
    if (!account.uid().equals(spec.textOrEmpty("serviceAccountUID"))) {
      throw stale(
          "PodCertificateRequest for pod %s names service account UID %s, which differs from the running service account (%s)"
              .formatted(
                  qualified(attempt, spec, "podName"),
                  quoted(spec, "serviceAccountUID"),
                  GoText.quote(account.uid())));
    }
  }

  private void requireSigner(NodeAttempt attempt, JsonObject spec, StoredObject pod) {
    String signer = spec.textOrEmpty("signerName");
    boolean mounted =
        pod.tree().objectOrEmpty("spec").objects("volumes").stream()
            .flatMap(volume -> volume.objectOrEmpty("projected").objects("sources").stream())
            .map(source -> source.object("podCertificate"))
            .anyMatch(certificate ->
                certificate != null && certificate.textOrEmpty("signerName").equals(signer));
    // The name of a resource has no slashes.
    String resource = signer.replace('/', ':');
    boolean allowed =
        mounted
            || rights.may(
                attempt,
                "request-serviceaccounts-podcertificate-signer",
                resource,
                spec.textOrEmpty("serviceAccountName"));
    if (!allowed) {
      throw attempt.forbidden(
          "pod %s does not mount a podCertificate projected volume for signer %s"
              .formatted(qualified(attempt, spec, "podName"), GoText.quote(signer)));
    }
  }
}
