package dev.pintle.kube.flowcontrol;

import dev.pintle.kernel.flow.FlowRequest;
import dev.pintle.kernel.flow.QueueSet;
import dev.pintle.kernel.flow.QueueSetCounts;
import dev.pintle.kernel.flow.Queuing;
import dev.pintle.kernel.flow.Rejection;
import dev.pintle.kernel.flow.WorkEstimate;
import org.jspecify.annotations.Nullable;

/// A limit beside that of its level that requests pass on their way: a queue set behind a lock. What its seats stand for, and which requests
/// come to it, is its owner's business.
final class FlowGate {
  private final FlowClock clock;
  private final LockedQueueSet state;

  FlowGate(Queuing queuing, int seatsMax, FlowClock clock) {
    this.clock = clock;
    this.state = new LockedQueueSet(queuing, seatsMax, clock, new Carrier(), (_, _, _) -> {});
  }

  /// A request at the gate.
  static final class Visitor extends FlowRequest {
    private final FlowTicket ticket;
    private final Passage passage;
    private @Nullable Rejection rejection;

    /// @param estimate in seats of the gate
    Visitor(WorkEstimate estimate, FlowTicket ticket, Passage passage) {
      super(estimate, ticket.arrivedNanos(), ticket.patienceEndNanos() - ticket.arrivedNanos());
      this.ticket = ticket;
      this.passage = passage;
    }

    @Override
    protected long flowHash() {
      return ticket.flowHash();
    }

    @Nullable Rejection rejection() {
      return rejection;
    }
  }

  /// The way of a request goes on elsewhere: it may free this gate again at once, for one after the other.
  private final class Carrier implements QueueSet.Decisions {
    @Override
    public void dispatched(FlowRequest request) {
      Passage passage = ((Visitor) request).passage;
      state.afterwards(() -> clock.schedule(passage::goOn, 0));
    }

    @Override
    public void timedOut(FlowRequest request) {
      Passage passage = ((Visitor) request).passage;
      state.afterwards(() -> clock.schedule(passage::timedOut, 0));
    }
  }

  /// Ways to come to a gate.
  enum Manner {
    WAIT,
    /// Turned away where others would wait.
    NOW_OR_NEVER,
    /// Let through whatever is free, but counted.
    AT_ONCE
  }

  /// Takes a request; one that is let through or waits has to be ended. Of one that is turned away [Visitor#rejection] says why.
  FlowControl.Taken offer(Visitor visitor, Manner manner) {
    return state.locked((queues, now) -> {
      Rejection rejection =
          switch (manner) {
            case AT_ONCE -> {
              queues.enter(visitor, now);
              yield null;
            }
            case NOW_OR_NEVER ->
                isFreeFor(visitor, queues)
                    ? queues.offer(visitor, now)
                    : Rejection.CONCURRENCY_LIMIT;
            case WAIT -> queues.offer(visitor, now);
          };
      visitor.rejection = rejection;
      return rejection != null
          ? FlowControl.Taken.REJECTED
          : visitor.phase() == FlowRequest.Phase.EXECUTING
              ? FlowControl.Taken.EXECUTING
              : FlowControl.Taken.WAITING;
    });
  }

  private static boolean isFreeFor(Visitor visitor, QueueSet queues) {
    QueueSetCounts counts = queues.counts();
    return counts.executing() == 0
        || (counts.waiting() == 0
            && counts.seatsInUse() + visitor.estimate().maxSeats() <= queues.seatsMax());
  }

  /// Ends a request, wherever it is; nothing for one that has ended, or never came.
  void end(Visitor visitor) {
    state.locked((queues, now) -> {
      switch (visitor.phase()) {
        case WAITING -> queues.cancel(visitor, now);
        case EXECUTING -> queues.finish(visitor, now);
        case NEW, LINGERING, OVER -> {}
      }
      return true;
    });
  }

  void configure(Queuing queuing, int seatsMax) {
    state.locked((queues, now) -> {
      queues.configure(queuing, seatsMax, now);
      return true;
    });
  }

  QueueSetCounts counts() {
    return state.locked((queues, _) -> queues.counts());
  }
}
