package dev.pintle.kube.chain;

import dev.pintle.kube.authz.Authorizer;

/// Lets through what the caller may do.
public final class Authorization implements Stage {
  private final Authorizer authorizer;
  private final Views views;
  private final Stage next;

  public Authorization(Authorizer authorizer, Views views, Stage next) {
    this.authorizer = authorizer;
    this.views = views;
    this.next = next;
  }

  @Override
  public void handle(Call call) {
    authorizer.require(call.caller(), call.target(), () -> views.view(call.mayWait()));
    next.handle(call);
  }
}
