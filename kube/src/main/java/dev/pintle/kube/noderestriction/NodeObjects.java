package dev.pintle.kube.noderestriction;

import static dev.pintle.kube.validation.Immutable.same;

import dev.pintle.kube.authz.NodeIdentity;
import dev.pintle.kube.certificate.MalformedException;
import dev.pintle.kube.certificate.SigningRequest;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.status.StatusError;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/// The rules of what a node does to the objects that stand for it, and to those of the cluster's that it reports on.
final class NodeObjects {
  private static final String LEASES = "kube-node-lease";
  private static final Set<String> SIGNERS =
      Set.of("kubernetes.io/kubelet-serving", "kubernetes.io/kube-apiserver-client-kubelet");
  private static final List<String> CLAIM_STATUS =
      List.of("capacity", "conditions", "allocatedResourceStatuses", "allocatedResources");

  private NodeObjects() {}

  static void node(NodeAttempt attempt) {
    String name = attempt.name();
    if (!name.equals(attempt.node())) {
      throw attempt.nodeMayNot("is not allowed to modify node \"%s\"".formatted(name));
    }
    switch (attempt.request().action()) {
      case CREATE -> created(attempt);
      case UPDATE -> updated(attempt);
      case DELETE, CONNECT -> {}
    }
  }

  private static void created(NodeAttempt attempt) {
    JsonObject node = attempt.object();
    if (node.objectOrEmpty("spec").object("configSource") != null) {
      throw attempt.nodeMayNot("is not allowed to create pods with a non-nil configSource");
    }
    Collection<String> labels = NodeLabels.forbidden(node, new JsonObject());
    if (!labels.isEmpty()) {
      throw attempt.nodeMayNot(
          "is not allowed to set the following labels: " + String.join(", ", labels));
    }
  }

  private static void updated(NodeAttempt attempt) {
    JsonObject spec = attempt.object().objectOrEmpty("spec");
    JsonObject before = attempt.old().objectOrEmpty("spec");
    JsonObject source = spec.object("configSource");
    if (source != null && !same(source, before.get("configSource"))) {
      throw attempt.nodeMayNot(
          "is not allowed to update configSource to a new non-nil configSource");
    }
    if (!same(spec.get("taints"), before.get("taints"))) {
      throw attempt.nodeMayNot("is not allowed to modify taints");
    }
    String owners = "ownerReferences";
    if (!same(metadata(attempt.object()).get(owners), metadata(attempt.old()).get(owners))) {
      throw attempt.nodeMayNot("is not allowed to modify ownerReferences");
    }
    Collection<String> labels = NodeLabels.forbidden(attempt.object(), attempt.old());
    if (!labels.isEmpty()) {
      throw attempt.forbidden("is not allowed to modify labels: " + String.join(", ", labels));
    }
  }

  private static JsonObject metadata(JsonObject object) {
    return object.objectOrEmpty("metadata");
  }

  static void lease(NodeAttempt attempt) {
    if (!attempt.request().namespace().equals(LEASES)) {
      throw attempt.forbidden(
          "can only access leases in the \"%s\" system namespace".formatted(LEASES));
    }
    requireOwnName(attempt, "can only access node lease with the same name as the requesting node");
  }

  static void csiNode(NodeAttempt attempt) {
    requireOwnName(attempt, "can only access CSINode with the same name as the requesting node");
    if (attempt.request().subresource().equals("status")) {
      throw attempt.forbidden("CSIVolumeHealth feature gate is disabled");
    }
  }

  private static void requireOwnName(NodeAttempt attempt, String why) {
    if (!attempt.name().equals(attempt.node())) {
      throw attempt.forbidden(why);
    }
  }

  static void resourceSlice(NodeAttempt attempt) {
    switch (attempt.request().action()) {
      case CREATE -> requireOwnSlice(attempt, attempt.object(), "create");
      case DELETE -> requireOwnSlice(attempt, attempt.old(), "delete");
      case UPDATE, CONNECT -> {}
    }
  }

  private static void requireOwnSlice(NodeAttempt attempt, JsonObject slice, String verb) {
    if (!attempt.node().equals(slice.objectOrEmpty("spec").text("nodeName"))) {
      throw attempt.forbidden(
          "can only %s ResourceSlice with the same NodeName as the requesting node"
              .formatted(verb));
    }
  }

  /// Of a claim a node tells how much there is, and how a growth goes.
  static void claim(NodeAttempt attempt) {
    if (!attempt.request().subresource().equals("status")) {
      throw attempt.forbidden("may only update PVC status");
    }
    JsonObject rest = withoutReported(attempt.object());
    JsonObject before = withoutReported(attempt.old());
    if (!same(rest, before)) {
      throw attempt.nodeMayNot(
          "is not allowed to update fields other than status.quantity and status.conditions: "
              + String.join(", ", ChangedFields.between(rest, before)));
    }
  }

  private static JsonObject withoutReported(JsonObject claim) {
    JsonObject rest = claim.copy();
    JsonObject metadata = rest.object("metadata");
    if (metadata != null) {
      metadata.remove("resourceVersion");
      metadata.remove("managedFields");
    }
    JsonObject status = rest.object("status");
    if (status != null) {
      CLAIM_STATUS.forEach(status::remove);
    }
    return rest;
  }

  static void signingRequest(NodeAttempt attempt) {
    JsonObject spec = attempt.object().objectOrEmpty("spec");
    boolean creates =
        switch (attempt.request().action()) {
          case CREATE -> true;
          case UPDATE, DELETE, CONNECT -> false;
        };
    if (!creates || !SIGNERS.contains(spec.textOrEmpty("signerName"))) {
      return;
    }
    String name = NodeIdentity.PREFIX + attempt.node();
    if (!commonName(attempt, spec.textOrEmpty("request")).equals(name)) {
      throw attempt.forbidden("can only create a node CSR with CN=" + name);
    }
  }

  private static String commonName(NodeAttempt attempt, String request) throws StatusError {
    try {
      return SigningRequest.read(Base64.getDecoder().decode(request)).commonName();
    } catch (MalformedException | IllegalArgumentException malformed) {
      throw attempt.forbidden("unable to parse csr: " + malformed.getMessage());
    }
  }
}
