package dev.pintle.kube.chain;

import dev.pintle.kube.authn.Authenticator;

/// Finds out who sent the request.
public final class Authentication implements Stage {
  private final Authenticator authenticator;
  private final Views views;
  private final Stage next;

  public Authentication(Authenticator authenticator, Views views, Stage next) {
    this.authenticator = authenticator;
    this.views = views;
    this.next = next;
  }

  @Override
  public void handle(Call call) {
    next.handle(call.by(authenticator.identify(call.exchange(), () -> views.view(call.mayWait()))));
  }
}
