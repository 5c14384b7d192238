package dev.pintle.kube.connection;

import dev.pintle.kube.encode.Answer;
import dev.pintle.kube.encode.Reply;
import dev.pintle.kube.negotiation.Representation.Form;
import dev.pintle.kube.status.StatusErrors;
import dev.pintle.kube.store.ObjectView;
import dev.pintle.kube.store.StoredObject;
import dev.pintle.kube.verb.ApiRequest;
import java.util.function.Consumer;

/// The sub-resource `log` of a pod: empty where no node runs it, and refused where one does, as kubelets are not spoken to.
final class PodLog {
  private final Kubelets kubelets;

  PodLog(Kubelets kubelets) {
    this.kubelets = kubelets;
  }

  Answer get(ApiRequest request, ObjectView view, Consumer<String> warnings) {
    PodLogOptions.check(request.query(), request.name());
    StoredObject pod = view.require(request.type(), request.namespace(), request.name());
    PodContainers.require(
        request.query().text("container"), request.name(), pod.tree().objectOrEmpty("spec"));
    String node = pod.text("spec.nodeName");
    if (!node.isEmpty()) {
      kubelets.host(request, view, node);
      throw StatusErrors.unserved(request.type(), request.subresource());
    }
    return new Answer.Stream(PodLog::write);
  }

  /// A log has no metadata to show in place of itself.
  private static void write(Reply reply) {
    if (reply.form().form() == Form.METADATA) {
      reply.status(
          StatusErrors.bare(500, "object does not implement the Object interfaces").status());
    } else {
      reply.nothing();
    }
  }
}
