package dev.pintle.kube.chain;

import dev.pintle.kube.flowcontrol.FlowLimits;
import dev.pintle.kube.request.RequestInfo;
import dev.pintle.kube.request.UserInfo;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/// The stage that turns away what is too much at once: reads beyond one limit, all else beyond another. Used without priority levels.
/// Whoever may do everything is always let through.
public final class MaxInFlight implements Stage, QuickPass {
  private static final Set<String> READS = Set.of("get", "list", "watch");
  private static final long RETRY_AFTER_SECONDS = 1;

  private final @Nullable Semaphore reads;
  private final @Nullable Semaphore writes;
  private final Replies replies;
  private final Stage next;

  public MaxInFlight(FlowLimits limits, Replies replies, Stage next) {
    this.reads = limits.readsMax() == 0 ? null : new Semaphore(limits.readsMax());
    this.writes = limits.writesMax() == 0 ? null : new Semaphore(limits.writesMax());
    this.replies = replies;
    this.next = next;
  }

  @Override
  public boolean passes(RequestContext context, UserInfo user) {
    Semaphore free = READS.contains(context.info().verb()) ? reads : writes;
    return free == null || free.availablePermits() > 0;
  }

  @Override
  public void handle(RequestContext context) {
    RequestInfo target = context.info();
    Semaphore free = READS.contains(target.verb()) ? reads : writes;
    if (free == null || RequestDeadline.isEndless(target)) {
      next.handle(context);
    } else if (free.tryAcquire()) {
      context.exchange().onEnd((_, _) -> free.release());
      next.handle(context);
    } else if (context.user().groups().contains(UserInfo.MASTERS)) {
      next.handle(context);
    } else {
      replies.refusal(context).tooMany(RETRY_AFTER_SECONDS);
    }
  }
}
