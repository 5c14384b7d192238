package dev.pintle.kube.noderestriction;

import static dev.pintle.kube.validation.Immutable.same;

import dev.pintle.kube.admission.AdmissionRequest.Action;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.store.StoredObject;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// The rules of what a node does to pods: mirror those that it runs by itself, and report on, evict and delete those bound to it.
final class NodePods {
  static final String MIRROR = "kubernetes.io/config.mirror";

  private final Supplier<ResourceType> pods;
  private final Supplier<ResourceType> nodes;

  NodePods(Supplier<ResourceType> pods, Supplier<ResourceType> nodes) {
    this.pods = pods;
    this.nodes = nodes;
  }

  void admit(NodeAttempt attempt) {
    String subresource = attempt.request().subresource();
    switch (subresource) {
      case "" -> pod(attempt);
      case "status" -> status(attempt);
      case "eviction" -> eviction(attempt);
      default ->
          throw attempt.forbidden(
              "unexpected pod subresource \"%s\", only 'status' and 'eviction' are allowed"
                  .formatted(subresource));
    }
  }

  private void pod(NodeAttempt attempt) {
    switch (attempt.request().action()) {
      case CREATE -> create(attempt);
      case DELETE -> {
        attempt.require(pods.get(), attempt.name());
        if (!isBoundHere(attempt, attempt.old())) {
          throw attempt.nodeMayNot("can only delete pods with spec.nodeName set to itself");
        }
      }
      case UPDATE, CONNECT ->
          throw attempt.forbidden(
              "unexpected operation \"%s\", node \"%s\" can only create and delete mirror pods"
                  .formatted(attempt.request().action(), attempt.node()));
    }
  }

  private static boolean isBoundHere(NodeAttempt attempt, JsonObject pod) {
    return pod.objectOrEmpty("spec").textOrEmpty("nodeName").equals(attempt.node());
  }

  private void create(NodeAttempt attempt) {
    JsonObject pod = attempt.object();
    JsonObject metadata = pod.objectOrEmpty("metadata");
    if (!metadata.objectOrEmpty("annotations").has(MIRROR)) {
      throw attempt.forbidden(
          "pod does not have \"%s\" annotation, node \"%s\" can only create mirror pods"
              .formatted(MIRROR, attempt.node()));
    }
    if (!isBoundHere(attempt, pod)) {
      throw attempt.nodeMayNot("can only create pods with spec.nodeName set to itself");
    }
    List<JsonObject> owners = metadata.objects("ownerReferences");
    if (owners.size() > 1) {
      throw attempt.nodeMayNot("can only create pods with a single owner reference set to itself");
    }
    if (owners.isEmpty()) {
      throw attempt.nodeMayNot("can only create pods with an owner reference set to itself");
    }
    owner(attempt, owners.getFirst());
    Optional<String> reference = PodReferences.first(pod.objectOrEmpty("spec"));
    if (reference.isPresent()) {
      throw attempt.nodeMayNot("can not create pods that reference " + reference.get());
    }
  }

  private void owner(NodeAttempt attempt, JsonObject owner) {
    boolean node =
        owner.textOrEmpty("apiVersion").equals("v1")
            && owner.textOrEmpty("kind").equals("Node")
            && owner.textOrEmpty("name").equals(attempt.node());
    if (!node) {
      throw attempt.nodeMayNot("can only create pods with an owner reference set to itself");
    }
    if (!owner.isTrue("controller")) {
      throw attempt.nodeMayNot(
          "can only create pods with a controller owner reference set to itself");
    }
    if (owner.isTrue("blockOwnerDeletion")) {
      throw attempt.nodeMayNot("must not set blockOwnerDeletion on an owner reference");
    }
    String uid = attempt.require(nodes.get(), attempt.node()).uid();
    String given = owner.textOrEmpty("uid");
    if (!given.equals(uid)) {
      throw attempt.forbidden(
          "node %s UID mismatch: expected %s got %s".formatted(attempt.node(), given, uid));
    }
  }

  private void status(NodeAttempt attempt) {
    requireOperation(attempt, Action.UPDATE);
    JsonObject pod = attempt.object();
    JsonObject old = attempt.old();
    if (!isBoundHere(attempt, old)) {
      throw attempt.nodeMayNot(
          "can only update pod status for pods with spec.nodeName set to itself");
    }
    if (!labels(pod).equals(labels(old))) {
      throw attempt.nodeMayNot("cannot update labels through pod status");
    }
    JsonObject now = pod.objectOrEmpty("status");
    JsonObject before = old.objectOrEmpty("status");
    if (!same(now.get("resourceClaimStatuses"), before.get("resourceClaimStatuses"))) {
      throw attempt.nodeMayNot("cannot update resource claim statues");
    }
    String extended = "extendedResourceClaimStatus";
    boolean both = (now.object(extended) == null) == (before.object(extended) == null);
    if (!both || !same(now.get(extended), before.get(extended))) {
      throw attempt.nodeMayNot("cannot update extended resource claim status");
    }
    String allocatable = "nodeAllocatableResourceClaimStatuses";
    if (!same(now.get(allocatable), before.get(allocatable))) {
      throw attempt.nodeMayNot("cannot update node allocatable resource claim statuses");
    }
  }

  private static JsonObject labels(JsonObject pod) {
    return pod.objectOrEmpty("metadata").objectOrEmpty("labels");
  }

  private void eviction(NodeAttempt attempt) {
    boolean creates =
        switch (attempt.request().action()) {
          case CREATE -> true;
          case UPDATE, DELETE, CONNECT -> false;
        };
    if (!creates) {
      throw attempt.forbidden("unexpected operation " + attempt.request().action());
    }
    StoredObject pod = attempt.require(pods.get(), attempt.name());
    if (!pod.text("spec.nodeName").equals(attempt.node())) {
      throw attempt.forbidden(
          "node %s can only evict pods with spec.nodeName set to itself".formatted(attempt.node()));
    }
  }

  static void requireOperation(NodeAttempt attempt, Action action) {
    if (attempt.request().action() != action) {
      throw attempt.forbidden("unexpected operation \"%s\"".formatted(attempt.request().action()));
    }
  }
}
