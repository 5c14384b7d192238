package dev.pintle.kube.chain;

import dev.pintle.kube.request.UserInfo;
import dev.pintle.kube.status.StatusErrors;
import dev.pintle.wire.BeyondClaim;
import dev.pintle.wire.SharedLimit;
import java.util.Optional;
import java.util.Set;

/// The stage that says who is served whatever others do: administrators, and whoever asks whether the server is well. The last of the
/// room for requests and answers is theirs, and a place for their connection when there is none for anybody else's.
public final class Precedence implements Stage {
  private static final Set<String> HEALTH = Set.of("/healthz", "/livez", "/readyz");

  private final Stage next;

  public Precedence(Stage next) {
    this.next = next;
  }

  @Override
  public void handle(RequestContext context) {
    boolean first = context.user().groups().contains(UserInfo.MASTERS);
    Optional<SharedLimit> beyond = context.exchange().beyond();
    if (beyond.isPresent() && !context.exchange().isServedBeyond(claim(context, first))) {
      context.exchange().closeConnection();
      throw StatusErrors.shed(beyond.get());
    }
    context.exchange().comesFirst(first);
    next.handle(context);
  }

  private static BeyondClaim claim(RequestContext context, boolean first) {
    if (HEALTH.contains(context.info().path())) {
      return BeyondClaim.ANSWER;
    }
    return first ? BeyondClaim.CONNECTION : BeyondClaim.NONE;
  }
}
