package dev.pintle.kube.verb;

import dev.pintle.kube.encode.Reply;
import dev.pintle.kube.store.ObjectView;

/// Answers one object.
public final class Get implements VerbHandler {
  private final VerbContext services;

  public Get(VerbContext services) {
    this.services = services;
  }

  @Override
  public void run(ApiRequest request, ObjectView view, Reply reply) {
    long wanted = ResourceVersions.ofRead(request.query().text("resourceVersion"));
    MinRevisionWait.atLeast(
        services, wanted, view, reply::status, fresh -> answer(request, fresh, reply));
  }

  private static void answer(ApiRequest request, ObjectView view, Reply reply) {
    reply.object(
        200, request.type(), view.require(request.type(), request.namespace(), request.name()));
  }
}
