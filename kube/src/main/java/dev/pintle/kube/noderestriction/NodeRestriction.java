package dev.pintle.kube.noderestriction;

import dev.pintle.kube.admission.Admission;
import dev.pintle.kube.admission.AdmissionRequest;
import dev.pintle.kube.admission.AdmissionRequest.Action;
import dev.pintle.kube.authz.Authorizer;
import dev.pintle.kube.authz.NodeIdentity;
import dev.pintle.kube.object.GoText;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.status.StatusErrors;
import dev.pintle.kube.store.ObjectView;
import java.util.Optional;
import java.util.function.Function;

/// The admission plugin NodeRestriction: a node writes the objects that stand for it and its pods, and no others of their kinds. What a
/// node may write at all, its rights say.
public final class NodeRestriction implements Admission {
  private final NodePods pods;
  private final NodeTokens tokens;
  private final NodeCertificates certificates;

  /// @param types finds the built-in types that it looks at by their plural
  public NodeRestriction(Authorizer authorizer, Function<String, ResourceType> types) {
    this.pods = new NodePods(() -> types.apply("pods"), () -> types.apply("nodes"));
    this.tokens = new NodeTokens(authorizer, () -> types.apply("pods"), new TokenAudiences(types));
    this.certificates = new NodeCertificates(tokens, types);
  }

  @Override
  public void mutate(AdmissionRequest request, ObjectView view) {
    boolean gone = request.action() == Action.DELETE && request.old() == null;
    if (request.action() == Action.CONNECT || gone) {
      return;
    }
    Optional<String> node = NodeIdentity.of(request.caller());
    if (node.isEmpty()) {
      return;
    }
    if (node.get().isEmpty()) {
      throw StatusErrors.forbidden(
          request.type(),
          request.name(),
          "could not determine node from user " + GoText.quote(request.caller().name()));
    }
    admit(new NodeAttempt(node.get(), request, view));
  }

  private void admit(NodeAttempt attempt) {
    switch (attempt.request().type().groupResource()) {
      case "pods" -> pods.admit(attempt);
      case "nodes" -> NodeObjects.node(attempt);
      case "persistentvolumeclaims" -> NodeObjects.claim(attempt);
      case "serviceaccounts" -> tokens.admit(attempt);
      case "podcertificaterequests.certificates.k8s.io" -> certificates.admit(attempt);
      case "leases.coordination.k8s.io" -> NodeObjects.lease(attempt);
      case "csinodes.storage.k8s.io" -> NodeObjects.csiNode(attempt);
      case "resourceslices.resource.k8s.io" -> NodeObjects.resourceSlice(attempt);
      case "certificatesigningrequests.certificates.k8s.io" -> NodeObjects.signingRequest(attempt);
      default -> {}
    }
  }
}
