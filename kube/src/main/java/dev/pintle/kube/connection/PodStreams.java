package dev.pintle.kube.connection;

import dev.pintle.kube.authz.Authorizer;
import dev.pintle.kube.authz.Decision;
import dev.pintle.kube.encode.Answer;
import dev.pintle.kube.encode.Reply;
import dev.pintle.kube.status.StatusErrors;
import dev.pintle.kube.store.ObjectView;
import dev.pintle.kube.store.StoredObject;
import dev.pintle.kube.verb.ApiRequest;
import java.util.function.Consumer;

/// The sub-resources of a pod that its kubelet serves as streams: `attach`, `exec`, `portforward`.
final class PodStreams {
  private static final String PORT_FORWARD = "portforward";
  private static final String CREATE = "create";

  private final Kubelets kubelets;
  private final Authorizer authorizer;

  PodStreams(Kubelets kubelets, Authorizer authorizer) {
    this.kubelets = kubelets;
    this.authorizer = authorizer;
  }

  Answer connect(ApiRequest request, ObjectView view, Consumer<String> warnings) {
    requireCreate(request, view);
    StoredObject pod = view.require(request.type(), request.namespace(), request.name());
    if (!request.subresource().equals(PORT_FORWARD)) {
      PodContainers.require(
          request.query().text("container"), request.name(), pod.tree().objectOrEmpty("spec"));
    }
    String node = pod.text("spec.nodeName");
    if (node.isEmpty()) {
      throw StatusErrors.badRequest(
          "pod %s does not have a host assigned".formatted(request.name()));
    }
    kubelets.host(request, view, node);
    return new Answer.Stream(reply -> leadOn(request, reply));
  }

  private static void leadOn(ApiRequest request, Reply reply) {
    StreamUpgrade upgrade = new StreamUpgrade(reply.exchange().head());
    upgrade.require();
    // Ports are the kubelet's in every protocol.
    if (request.subresource().equals(PORT_FORWARD) || !upgrade.refused(reply)) {
      throw StatusErrors.unserved(request.type(), request.subresource());
    }
  }

  /// Whoever opens a stream by reading makes something run, too.
  private void requireCreate(ApiRequest request, ObjectView view) {
    if (!request.target().verb().equals(CREATE)) {
      Decision decision =
          authorizer.decide(request.caller(), request.target().withVerb(CREATE), () -> view);
      if (!decision.allowed()) {
        throw StatusErrors.forbidden(request.type(), request.name(), decision.reason());
      }
    }
  }
}
