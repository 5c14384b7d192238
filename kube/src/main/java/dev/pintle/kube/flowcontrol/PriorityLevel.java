package dev.pintle.kube.flowcontrol;

import dev.pintle.kernel.flow.DemandHistory;
import dev.pintle.kernel.flow.FlowRequest;
import dev.pintle.kernel.flow.NominalLimits;
import dev.pintle.kernel.flow.QueueSet;
import dev.pintle.kernel.flow.QueueSetCounts;
import dev.pintle.kernel.flow.Queuing;
import dev.pintle.kernel.flow.Rejection;
import dev.pintle.kernel.flow.RetryAfter;
import dev.pintle.kernel.flow.SeatBorrowing;
import dev.pintle.kernel.flow.SeatDemand;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/// A priority level in force: a queue set behind a lock, and what became of its requests.
public final class PriorityLevel {
  private final FlowClock clock;
  private final ReadsAndWrites kinds;
  private final NamespaceGates namespaces;
  private final LockedQueueSet state;
  private final Map<String, FlowCounts> counts = new ConcurrentHashMap<>();

  // Guarded by the lock of `state`.
  private final DemandHistory demand = new DemandHistory();
  private final RetryAfter retryAfter = new RetryAfter();
  private final RecentWaits waits = new RecentWaits();
  private final LevelUse use;

  private volatile LevelSpec spec;
  private volatile NominalLimits limits;
  private volatile boolean quiescing;

  /// Whether a request that came now would have to wait, or be turned away.
  private volatile boolean full;

  PriorityLevel(LevelSpec spec, NominalLimits limits, FlowClock clock, ReadsAndWrites kinds) {
    this.clock = clock;
    this.kinds = kinds;
    this.namespaces = new NamespaceGates(clock);
    this.spec = spec;
    this.limits = limits;
    this.use = new LevelUse(clock.nanos());
    this.state =
        new LockedQueueSet(spec.queuing(), limits.initial(), clock, new Carrier(), this::see);
    this.full = !spec.isExempt() && limits.initial() <= 0;
  }

  /// The carrier of what is decided, told under the lock.
  private final class Carrier implements QueueSet.Decisions {
    @Override
    public void dispatched(FlowRequest request) {
      FlowTicket ticket = (FlowTicket) request;
      long now = state.eventNanos();
      left(ticket, now);
      started(ticket, now);
      waits.note(ticket, now - ticket.arrivedNanos(), true);
      ticket.classification().counts().waited.add(waitedSeconds(ticket));
      state.afterwards(ticket::dispatched);
    }

    @Override
    public void timedOut(FlowRequest request) {
      FlowTicket ticket = (FlowTicket) request;
      long now = state.eventNanos();
      left(ticket, now);
      turnedAway(ticket, Rejection.TIME_OUT);
      waits.note(ticket, now - ticket.arrivedNanos(), false);
      state.afterwards(ticket::timedOut);
    }

    @Override
    public void heldUp(FlowRequest request) {
      ((FlowTicket) request).classification().counts().heldUp.increment();
    }
  }

  public String name() {
    return spec.name();
  }

  LevelSpec spec() {
    return spec;
  }

  NominalLimits limits() {
    return limits;
  }

  /// Whether its object is gone, and it lives on for the requests that are still in it.
  boolean isQuiescing() {
    return quiescing;
  }

  void quiesce(boolean unwanted) {
    quiescing = unwanted;
  }

  NamespaceGates namespaces() {
    return namespaces;
  }

  FlowCounts counts(String schema) {
    return counts.computeIfAbsent(schema, _ -> new FlowCounts());
  }

  Map<String, FlowCounts> counts() {
    return counts;
  }

  /// Forgets what was counted for schemas that are gone, once none of their requests is left.
  void retain(Set<String> schemas) {
    counts
        .entrySet()
        .removeIf(entry -> !schemas.contains(entry.getKey()) && entry.getValue().isIdle());
  }

  /// How many requests were ever executed.
  long dispatched() {
    return counts.values().stream().mapToLong(of -> of.dispatched.sum()).sum();
  }

  /// Whether a request that came now would have to wait, or be turned away; nobody waits for the lock.
  boolean isFullNow() {
    return full;
  }

  /// The most seats that one request is taken to need; 0 for no limit of the level's own.
  int requestSeatsMax() {
    return spec.queuing() instanceof Queuing.Wait wait
        ? limits.requestSeatsMax(wait.handSize())
        : 0;
  }

  /// Takes a new request.
  FlowControl.Taken offer(FlowTicket ticket) {
    FlowCounts of = ticket.classification().counts();
    of.estimatedSeats.add(ticket.estimate().maxSeats());
    return state.locked((queues, now) -> {
      Rejection rejection = queues.offer(ticket, now);
      if (rejection != null) {
        turnedAway(ticket, rejection);
        return FlowControl.Taken.REJECTED;
      }
      if (ticket.phase() == FlowRequest.Phase.EXECUTING) {
        started(ticket, now);
        if (ticket.queueIndex() >= 0) {
          of.queueLength.add(1);
        }
        if (!spec.isExempt()) {
          of.waited.add(0);
        }
        return FlowControl.Taken.EXECUTING;
      }
      kinds.of(ticket).waits(1, now);
      of.queued.increment();
      of.queuedSeats.add(ticket.estimate().maxSeats());
      int length = queues.queue(ticket.queueIndex()).waiting();
      ticket.queuedBehind(length - 1);
      of.queueLength.add(length);
      return FlowControl.Taken.WAITING;
    });
  }

  /// Counts a request that is turned away before it comes here.
  void refuse(FlowTicket ticket, Rejection reason) {
    state.locked((_, _) -> {
      turnedAway(ticket, reason);
      return true;
    });
  }

  /// Ends a request, wherever it is; nothing for one that has ended.
  void end(FlowTicket ticket) {
    state.locked((queues, now) -> {
      switch (ticket.phase()) {
        case WAITING -> {
          queues.cancel(ticket, now);
          left(ticket, now);
          ticket.classification().counts().waited.add(waitedSeconds(ticket));
          ticket.classification().counts().reject(Rejection.TIME_OUT);
        }
        case EXECUTING -> {
          int seats = ticket.estimate().maxSeats();
          queues.finish(ticket, now);
          FlowCounts of = ticket.classification().counts();
          double seconds = FlowCounts.inSeconds(now - ticket.startedNanos());
          ticket.lasted(now - ticket.startedNanos());
          kinds.of(ticket).executed(-1, now);
          of.executing.decrement();
          of.executingSeats.add(-seats);
          (ticket.isWatch() ? of.watchSeconds : of.executionSeconds).add(seconds);
        }
        case NEW, LINGERING, OVER -> {}
      }
      return true;
    });
  }

  private void left(FlowTicket ticket, long now) {
    kinds.of(ticket).waits(-1, now);
    FlowCounts of = ticket.classification().counts();
    of.queued.decrement();
    of.queuedSeats.add(-ticket.estimate().maxSeats());
  }

  private void started(FlowTicket ticket, long now) {
    kinds.of(ticket).executed(1, now);
    FlowCounts of = ticket.classification().counts();
    of.dispatched.increment();
    of.executing.increment();
    of.executingSeats.add(ticket.estimate().maxSeats());
  }

  private void turnedAway(FlowTicket ticket, Rejection reason) {
    FlowCounts of = ticket.classification().counts();
    of.reject(reason);
    if (reason == Rejection.TIME_OUT) {
      of.waited.add(waitedSeconds(ticket));
    } else {
      of.notTaken.add(0);
    }
    retryAfter.note(TimeUnit.NANOSECONDS.toSeconds(clock.nanos()));
  }

  private double waitedSeconds(FlowTicket ticket) {
    return FlowCounts.inSeconds(Math.max(0, clock.nanos() - ticket.arrivedNanos()));
  }

  /// After how many seconds a client that is turned away should come back.
  long retryAfterSeconds() {
    return state.locked((_, _) -> retryAfter.seconds());
  }

  void configure(LevelSpec wanted, NominalLimits seats) {
    state.locked((queues, now) -> {
      spec = wanted;
      limits = seats;
      queues.configure(wanted.queuing(), queues.seatsMax(), now);
      return true;
    });
  }

  /// Ends a period of its demand for seats.
  SeatBorrowing.Level endPeriod() {
    return state.locked((queues, now) -> {
      SeatDemand.Observed observed = queues.demand().reset(now);
      demand.note(observed);
      return new SeatBorrowing.Level(limits, demand, spec.isExempt(), queues.seatsMax());
    });
  }

  void setSeats(int seats) {
    state.locked((queues, now) -> {
      queues.configure(spec.queuing(), seats, now);
      return true;
    });
  }

  /// Looks at the state of the queue set; `look` must not keep it.
  <T> T look(Function<QueueSet, T> look) {
    return state.locked((queues, _) -> look.apply(queues));
  }

  /// What became of the requests of a flow that waited lately.
  String waited(long hash) {
    return state.locked((_, _) -> waits.told(hash));
  }

  /// A look at the use of the level, under its lock.
  @FunctionalInterface
  interface UseVisitor {
    void visit(LevelUse use, long nowNanos);
  }

  void use(UseVisitor visitor) {
    state.locked((queues, now) -> {
      visitor.visit(use, now);
      return true;
    });
  }

  /// The seats that it would have if they were not scarce.
  double target() {
    return look(queues ->
        new SeatBorrowing.Level(limits, demand, spec.isExempt(), queues.seatsMax()).target());
  }

  DemandHistory demand() {
    return demand;
  }

  boolean isIdle() {
    return look(QueueSet::isIdle);
  }

  /// What the level is after a step.
  private void see(QueueSet queues, QueueSetCounts counts, long now) {
    int seatsMax = queues.seatsMax();
    full = !spec.isExempt() && (counts.waiting() > 0 || counts.seatsInUse() >= seatsMax);
    use.note(counts, spec.queuing(), limits, seatsMax, now);
  }
}
