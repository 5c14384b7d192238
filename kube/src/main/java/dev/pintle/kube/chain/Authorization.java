package dev.pintle.kube.chain;

import dev.pintle.kube.authz.Authorizer;
import dev.pintle.kube.store.ObjectView;
import java.util.function.Supplier;

/// The stage that lets through what the user may do.
public final class Authorization implements Stage {
  private final Authorizer authorizer;
  private final Supplier<ObjectView> views;
  private final Stage next;

  public Authorization(Authorizer authorizer, Supplier<ObjectView> views, Stage next) {
    this.authorizer = authorizer;
    this.views = views;
    this.next = next;
  }

  @Override
  public void handle(RequestContext context) {
    var _ = authorizer.require(context.user(), context.info(), views);
    next.handle(context);
  }
}
