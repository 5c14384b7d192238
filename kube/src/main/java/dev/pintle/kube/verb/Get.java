package dev.pintle.kube.verb;

import dev.pintle.kube.encode.Reply;
import dev.pintle.kube.store.ObjectView;

/// Answers one object.
public final class Get implements Operation {
  @Override
  public void run(ApiRequest request, ObjectView view, Reply reply) {
    Versions.requireReached(request.query().text("resourceVersion"), view);
    reply.object(
        200, request.type(), view.require(request.type(), request.namespace(), request.name()));
  }
}
