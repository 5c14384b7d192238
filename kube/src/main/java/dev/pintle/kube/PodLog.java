package dev.pintle.kube;

import dev.pintle.kube.encode.Reply;
import dev.pintle.kube.status.StatusErrors;
import dev.pintle.kube.store.ObjectView;
import dev.pintle.kube.store.StoredObject;
import dev.pintle.kube.verb.ApiRequest;

/// What a pod's containers wrote: nothing, as long as no node runs it; and nodes are not spoken to.
final class PodLog {
  private PodLog() {}

  static void get(ApiRequest request, ObjectView view, Reply reply) {
    StoredObject pod = view.require(request.type(), request.namespace(), request.name());
    if (!pod.text("spec.nodeName").isEmpty()) {
      throw StatusErrors.unserved(request.type(), request.subresource());
    }
    reply.plain(204, "");
  }
}
