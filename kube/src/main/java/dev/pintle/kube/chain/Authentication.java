package dev.pintle.kube.chain;

import dev.pintle.kube.authn.Authenticator;
import dev.pintle.kube.store.ObjectView;
import java.util.function.Supplier;

/// The stage that finds out who sent the request.
public final class Authentication implements Stage {
  private final Authenticator authenticator;
  private final Supplier<ObjectView> views;
  private final Stage next;

  public Authentication(Authenticator authenticator, Supplier<ObjectView> views, Stage next) {
    this.authenticator = authenticator;
    this.views = views;
    this.next = next;
  }

  @Override
  public void handle(RequestContext context) {
    context.authenticate(
        authenticator.identify(
            context.exchange(),
            views,
            warning -> context.warnings().accept(warning),
            (key, value) -> context.notes().annotate(key, value)));
    context.exchange().head().forget("authorization");
    next.handle(context);
  }
}
