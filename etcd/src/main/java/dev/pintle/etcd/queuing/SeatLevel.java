package dev.pintle.etcd.queuing;

import dev.pintle.etcd.plan.PlannedLevel;
import dev.pintle.kernel.flow.FlowRequest;
import dev.pintle.kernel.flow.QueueSet;
import dev.pintle.kernel.flow.Rejection;
import dev.pintle.kernel.flow.RetryAfter;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/// A level in force. Its queue set belongs to one thread at a time: what threads tell it goes into an inbox, and whoever puts something
/// into an empty one does the work until it is empty again. So nobody waits for a lock, least of all an event loop.
final class SeatLevel {
  private static final System.Logger LOG = System.getLogger(SeatLevel.class.getName());
  private static final long NEVER = Long.MAX_VALUE;

  private final PlannedLevel plan;
  private final int requestSeatsMax;
  private final long waitNanosMax;
  private final QueuingClock clock;
  private final ConcurrentLinkedQueue<Step> inbox = new ConcurrentLinkedQueue<>();
  private final AtomicInteger told = new AtomicInteger();

  // Of whoever does the work.
  private final QueueSet queues;
  private final RetryAfter retryAfter = new RetryAfter();
  private long tickNanos = NEVER;

  private volatile long retrySeconds = 1;

  @FunctionalInterface
  private interface Step {
    void at(long nowNanos);
  }

  SeatLevel(PlannedLevel plan, int waitSecondsMax, QueuingClock clock) {
    this.plan = plan;
    this.requestSeatsMax = plan.isExempt() ? 1 : plan.requestSeatsMax();
    this.waitNanosMax = TimeUnit.SECONDS.toNanos(waitSecondsMax);
    this.clock = clock;
    this.queues = new QueueSet(plan.queuing(), plan.seats(), new Decider(), clock.nanos());
  }

  private final class Decider implements QueueSet.Decisions {
    @Override
    public void dispatched(FlowRequest request) {
      SeatTicket ticket = (SeatTicket) request;
      RuleInForce rule = ticket.requestClass().rule();
      rule.dispatched.increment();
      rule.waits.add(Math.max(0, request.startedNanos() - request.arrivedNanos()));
      ticket.decide(true);
    }

    @Override
    public void timedOut(FlowRequest request) {
      refuse((SeatTicket) request, Rejection.TIME_OUT);
    }
  }

  String name() {
    return plan.name();
  }

  PlannedLevel plan() {
    return plan;
  }

  /// Whether its requests are never queued, and need no seats.
  boolean isExempt() {
    return plan.isExempt();
  }

  int requestSeatsMax() {
    return requestSeatsMax;
  }

  long waitNanosMax() {
    return waitNanosMax;
  }

  long nowNanos() {
    return clock.nanos();
  }

  /// After how many seconds a client that is turned away should come back.
  long retrySeconds() {
    return retrySeconds;
  }

  /// Takes a new request; it is told what was decided.
  void offer(SeatTicket ticket) {
    tell(now -> {
      Rejection rejection = queues.offer(ticket, now);
      if (rejection != null) {
        refuse(ticket, rejection);
      } else if (ticket.phase() == FlowRequest.Phase.EXECUTING) {
        ticket.requestClass().rule().dispatched.increment();
        ticket.decide(true);
      } else {
        ticket.requestClass().rule().queued.increment();
      }
    });
  }

  private void refuse(SeatTicket ticket, Rejection reason) {
    ticket.requestClass().rule().rejected(reason).increment();
    retryAfter.note(TimeUnit.NANOSECONDS.toSeconds(clock.nanos()));
    retrySeconds = retryAfter.seconds();
    ticket.decide(false);
  }

  /// Ends a request, wherever it is: its seats are free, or it waits no more. Nothing for one that has ended.
  void leave(SeatTicket ticket) {
    tell(now -> {
      switch (ticket.phase()) {
        case WAITING -> {
          queues.cancel(ticket, now);
          ticket.requestClass().rule().cancelled.increment();
        }
        case EXECUTING -> queues.finish(ticket, now);
        case NEW, LINGERING, OVER -> {}
      }
    });
  }

  /// Looks at the state of the queues, at this moment or soon; `look` must not keep it.
  <T> T look(Function<QueueSet, T> look) {
    CompletableFuture<T> seen = new CompletableFuture<>();
    tell(_ -> {
      try {
        seen.complete(look.apply(queues));
      } catch (RuntimeException failed) {
        seen.completeExceptionally(failed);
      }
    });
    return seen.join();
  }

  /// Runs `action` on a thread of the timer; it must not wait.
  void later(Runnable action, long inNanos) {
    clock.schedule(action, inNanos);
  }

  private void tell(Step step) {
    inbox.add(step);
    if (told.getAndIncrement() == 0) {
      work();
    }
  }

  private void work() {
    int missed = 1;
    while (missed != 0) {
      for (Step step = inbox.poll(); step != null; step = inbox.poll()) {
        run(step);
      }
      planTick();
      missed = told.addAndGet(-missed);
    }
  }

  /// One that fails must not keep the others from their seats.
  private void run(Step step) {
    try {
      long now = clock.nanos();
      queues.advance(now);
      step.at(now);
    } catch (RuntimeException bug) {
      LOG.log(System.Logger.Level.ERROR, "a step of a level failed by our fault", bug);
    }
  }

  /// A timer runs only while somebody waits, who must be turned away in time.
  private void planTick() {
    long inNanos = queues.nextDueNanos();
    long now = clock.nanos();
    if (inNanos >= 0 && (tickNanos == NEVER || now + inNanos - tickNanos < 0)) {
      tickNanos = now + inNanos;
      clock.schedule(() -> tell(_ -> tickNanos = NEVER), inNanos);
    }
  }
}
