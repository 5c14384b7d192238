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
    BeyondClaim claim = claim(context);
    Optional<SharedLimit> beyond = context.exchange().beyond();
    if (beyond.isPresent() && !context.exchange().isServedBeyond(claim)) {
      context.exchange().closeConnection();
      throw StatusErrors.shed(beyond.get());
    }
    context.exchange().owes(claim);
    next.handle(context);
  }

  private static BeyondClaim claim(RequestContext context) {
    if (context.user().groups().contains(UserInfo.MASTERS)) {
      return BeyondClaim.CONNECTION;
    }
    return HEALTH.contains(context.info().path()) ? BeyondClaim.ANSWER : BeyondClaim.NONE;
  }
}
