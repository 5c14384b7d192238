package dev.pintle.kube.chain;

import dev.pintle.kube.authz.Authorizer;

/// Lets through what the caller may do.
public final class Authorization implements Stage {
  private final Authorizer authorizer;
  private final Stage next;

  public Authorization(Authorizer authorizer, Stage next) {
    this.authorizer = authorizer;
    this.next = next;
  }

  @Override
  public void handle(Call call) {
    authorizer.require(call.caller(), call.target());
    next.handle(call);
  }
}
