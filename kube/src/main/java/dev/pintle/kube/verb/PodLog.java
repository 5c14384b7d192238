package dev.pintle.kube.verb;

import dev.pintle.kube.encode.Answer;
import dev.pintle.kube.encode.Reply;
import dev.pintle.kube.status.StatusErrors;
import dev.pintle.kube.store.ObjectView;
import dev.pintle.kube.store.StoredObject;
import java.util.function.Consumer;

/// The sub-resource `log` of a pod, which is always empty: no node runs its containers, and kubelets are not spoken to.
public final class PodLog {
  private PodLog() {}

  public static Answer get(ApiRequest request, ObjectView view, Consumer<String> warnings) {
    PodLogOptions.check(request.query(), request.name());
    StoredObject pod = view.require(request.type(), request.namespace(), request.name());
    PodLogOptions.checkContainer(
        request.query().text("container"), request.name(), pod.tree().objectOrEmpty("spec"));
    if (!pod.text("spec.nodeName").isEmpty()) {
      throw StatusErrors.unserved(request.type(), request.subresource());
    }
    return new Answer.Stream(Reply::nothing);
  }
}
