package dev.pintle.kube.chain;

import dev.pintle.kube.authz.Authorizer;
import dev.pintle.kube.request.RequestInfo;
import dev.pintle.kube.request.RequestRecord;
import dev.pintle.kube.request.UserInfo;
import dev.pintle.kube.status.StatusError;
import dev.pintle.kube.store.ObjectView;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// The stage that lets a user act as somebody else, if they may. Constrained impersonation comes first, in which one must
/// be allowed both to be that somebody and to do this very thing as them; then the older kind, in which the right to be
/// them is enough.
public final class Impersonation implements Stage {
  private final Authorizer authorizer;
  private final Supplier<ObjectView> views;
  private final Stage next;

  public Impersonation(Authorizer authorizer, Supplier<ObjectView> views, Stage next) {
    this.authorizer = authorizer;
    this.views = views;
    this.next = next;
  }

  @Override
  public void handle(RequestContext context) {
    Optional<ImpersonatedUser> wanted = ImpersonatedUser.of(context);
    wanted.ifPresent(other -> act(context, other));
    next.handle(context);
  }

  private void act(RequestContext context, ImpersonatedUser wanted) {
    StatusError first;
    try {
      impersonate(context, constrained(context, wanted), wanted.way().verb());
      return;
    } catch (StatusError refused) {
      first = refused;
    }
    try {
      require(context.user(), wanted.asked(ImpersonationMode.UNCONSTRAINED));
      impersonate(context, wanted.asCaller(wanted.groups()), "");
    } catch (StatusError _) {
      throw first;
    }
  }

  /// @param constraint the right by which it may; empty for that to be anybody
  private static void impersonate(RequestContext context, UserInfo other, String constraint) {
    context.impersonate(other);
    RequestRecord record = context.record();
    if (record != null) {
      record.actsAs(other, constraint);
    }
  }

  private UserInfo constrained(RequestContext context, ImpersonatedUser wanted) {
    ImpersonationMode way = wanted.way();
    authorizer.require(context.user(), context.info().withVerb(way.onVerb(context.info())), views);
    for (RequestInfo target : wanted.asked(way)) {
      if (target.resource().equals("groups") && target.name().equals(UserInfo.MASTERS)) {
        throw Authorizer.refusal(
            context.user(), target, "impersonating the system:masters group is not allowed");
      }
      authorizer.require(context.user(), target, views);
    }
    return wanted.asCaller(
        way == ImpersonationMode.AS_NODE ? List.of("system:nodes") : wanted.groups());
  }

  private void require(UserInfo caller, List<RequestInfo> asked) {
    asked.forEach(target -> authorizer.require(caller, target, views));
  }
}
