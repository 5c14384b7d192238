package dev.pintle.kube.chain;

import dev.pintle.kube.authz.Authorizer;
import dev.pintle.kube.authz.Decision;
import dev.pintle.kube.store.ObjectView;
import java.util.function.Supplier;

/// The stage that lets through what the user may do.
public final class Authorization implements Stage {
  private static final String DECISION = "authorization.k8s.io/decision";
  private static final String REASON = "authorization.k8s.io/reason";

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
    Decision decision = authorizer.decide(context.user(), context.info(), views);
    context.annotate(DECISION, decision.allowed() ? "allow" : "forbid");
    context.annotate(REASON, decision.reason());
    if (!decision.allowed()) {
      throw Authorizer.refusal(context.user(), context.info(), decision.reason());
    }
    next.handle(context);
  }
}
