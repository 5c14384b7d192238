package dev.pintle.kube.chain;

import dev.pintle.kernel.flow.WorkEstimate;
import dev.pintle.kube.flowcontrol.Classification;
import dev.pintle.kube.flowcontrol.FlowControl;
import dev.pintle.kube.flowcontrol.FlowLimits;
import dev.pintle.kube.flowcontrol.FlowTicket;
import dev.pintle.kube.flowcontrol.WatchTracker;
import dev.pintle.kube.flowcontrol.WorkEstimates;
import dev.pintle.kube.request.RequestInfo;
import dev.pintle.kube.request.UserInfo;
import dev.pintle.wire.FixedHeaders;
import java.time.Instant;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/// The stage that lets a request go on once its priority level has seats for it. A request that waits holds no thread, and its body is
/// not read: the client sees that nobody takes it.
public final class PriorityAndFairness implements Stage, QuickPass {
  /// What a request waits at most, whatever its own limit is.
  private static final long WAIT_NANOS_MAX = TimeUnit.MINUTES.toNanos(1);

  /// The part of its time that a request may spend waiting.
  private static final long WAIT_SHARE = 4;

  private final FlowControl control;
  private final WorkEstimates estimates;
  private final WatchTracker watches;
  private final Replies replies;
  private final Executor threads;
  private final Stage next;
  private final Stage resumed;

  /// @param threads on which requests that waited go on
  /// @param next answers all but what it throws
  public PriorityAndFairness(
      FlowControl control,
      WorkEstimates estimates,
      WatchTracker watches,
      Replies replies,
      Executor threads,
      Stage next) {
    this.control = control;
    this.estimates = estimates;
    this.watches = watches;
    this.replies = replies;
    this.threads = threads;
    this.next = next;
    this.resumed = new ErrorResponder(replies, next);
  }

  @Override
  public void handle(RequestContext context) {
    RequestInfo target = context.info();
    boolean watch = target.verb().equals("watch");
    if (RequestDeadline.isEndless(target) && !watch) {
      next.handle(context);
      return;
    }
    Classification found = control.classify(context.user(), target);
    context.exchange().addHeaders(headers(found));
    Waiting ticket = ticket(context, found);
    long listBytes = control.countsListBytes() ? estimates.listBytes(target, context.query()) : 0;
    switch (control.offer(ticket, listBytes)) {
      case REJECTED -> refuse(context, found);
      case WAITING -> {
        context.take(ticket);
        context.forgetTarget();
      }
      case EXECUTING -> {
        context.take(ticket);
        ticket.execute(next);
      }
    }
  }

  @Override
  public boolean passes(RequestContext context, UserInfo user) {
    Classification found = control.pass(user, context.info());
    if (found == null) {
      return false;
    }
    context.tell(headers(found));
    return true;
  }

  /// What the answer says of how the request was classified.
  private FixedHeaders headers(Classification found) {
    return found.headers(control.names(found));
  }

  private Waiting ticket(RequestContext context, Classification found) {
    RequestInfo target = context.info();
    int seatsMax = control.requestSeatsMax(found);
    WorkEstimate estimate = estimates.of(target, context.query(), seatsMax, found);
    long limit =
        context.deadlineNanos() == 0
            ? FlowLimits.REQUEST_TIMEOUT_DEFAULT.toNanos()
            : context.deadlineNanos();
    long waitMax = Math.min(limit / WAIT_SHARE, WAIT_NANOS_MAX);
    Waiting ticket = new Waiting(context, found, estimate, waitMax);
    if (control.learns()) {
      estimates.learn(ticket);
    }
    return ticket;
  }

  /// A request that may have to wait: all that is kept of it here while it does.
  private final class Waiting extends FlowTicket implements RequestContext.LevelTurn {
    private final RequestContext context;

    Waiting(
        RequestContext context, Classification found, WorkEstimate estimate, long waitNanosMax) {
      super(found, estimate, control.nowNanos(), waitNanosMax, context.info().verb());
      this.context = context;
    }

    @Override
    protected UserInfo user() {
      return context.user();
    }

    @Override
    protected RequestInfo target() {
      return context.infoForOthers();
    }

    @Override
    protected Instant arrived() {
      return context.arrived();
    }

    @Override
    protected void dispatched() {
      threads.execute(() -> execute(resumed));
    }

    @Override
    protected void timedOut() {
      refuse(context, classification());
    }

    @Override
    public void over() {
      control.end(this);
    }

    @Override
    public void initialized() {
      if (isWatch()) {
        control.end(this);
      }
    }

    void execute(Stage rest) {
      if (isWatch()) {
        Runnable forget = watches.register(context.info(), context.query());
        context.exchange().onEnd((_, _) -> forget.run());
      }
      rest.handle(context);
    }
  }

  private void refuse(RequestContext context, Classification found) {
    replies.refusal(context).tooMany(control.retryAfterSeconds(found));
  }
}
