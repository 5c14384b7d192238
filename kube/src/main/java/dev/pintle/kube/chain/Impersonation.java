package dev.pintle.kube.chain;

import dev.pintle.kube.authz.Authorizer;
import dev.pintle.kube.request.RequestInfo;
import dev.pintle.kube.request.UserInfo;
import dev.pintle.kube.status.StatusError;
import dev.pintle.kube.store.ObjectView;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Lets those act as somebody else who may. The constrained way comes first, in which one must be allowed both to be that
/// somebody and to do this very thing as them; then the old one, in which being them is enough.
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
  public void handle(RequestContext call) {
    Optional<ImpersonatedUser> wanted = ImpersonatedUser.of(call);
    next.handle(wanted.isEmpty() ? call : call.by(actingAs(call, wanted.get())));
  }

  private UserInfo actingAs(RequestContext call, ImpersonatedUser wanted) {
    StatusError first;
    try {
      return constrained(call, wanted);
    } catch (StatusError refused) {
      first = refused;
    }
    try {
      require(call.caller(), wanted.asked(ImpersonationMode.UNCONSTRAINED));
      return wanted.asCaller(wanted.groups());
    } catch (StatusError _) {
      throw first;
    }
  }

  private UserInfo constrained(RequestContext call, ImpersonatedUser wanted) {
    ImpersonationMode way = wanted.way();
    authorizer.require(call.caller(), call.target().withVerb(way.onVerb(call.target())), views);
    for (RequestInfo target : wanted.asked(way)) {
      if (target.resource().equals("groups") && target.name().equals(UserInfo.MASTERS)) {
        throw Authorizer.refusal(
            call.caller(), target, "impersonating the system:masters group is not allowed");
      }
      authorizer.require(call.caller(), target, views);
    }
    return wanted.asCaller(
        way == ImpersonationMode.AS_NODE ? List.of("system:nodes") : wanted.groups());
  }

  private void require(UserInfo caller, List<RequestInfo> asked) {
    asked.forEach(target -> authorizer.require(caller, target, views));
  }
}
