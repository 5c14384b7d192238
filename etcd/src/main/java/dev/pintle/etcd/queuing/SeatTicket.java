package dev.pintle.etcd.queuing;

import dev.pintle.kernel.flow.FlowRequest;
import dev.pintle.kernel.flow.WorkEstimate;
import dev.pintle.wire.GrpcRequest;
import java.util.concurrent.atomic.AtomicReference;

/// A request that asks its level for seats. It may be offered by its connection's event loop and decided by any other thread: whichever of
/// the two comes second sees to it that it goes on.
abstract class SeatTicket extends FlowRequest {
  /// The states of a ticket on the side of who offers it.
  enum Verdict {
    UNDECIDED,
    /// Whoever offered it has left, and is to be called on the event loop.
    PARKED,
    GRANTED,
    REFUSED
  }

  private final RequestClass requestClass;
  private final GrpcRequest request;
  private final AtomicReference<Verdict> verdict;
  private volatile boolean over;

  /// @param first [Verdict#PARKED] for one that is told on the event loop in any case
  SeatTicket(RequestClass requestClass, GrpcRequest request, WorkEstimate estimate, Verdict first) {
    super(estimate, requestClass.level().nowNanos(), requestClass.level().waitNanosMax());
    this.requestClass = requestClass;
    this.request = request;
    this.verdict = new AtomicReference<>(first);
  }

  /// It has its seats. On the event loop.
  abstract void granted();

  /// It will have none. On the event loop.
  abstract void refused();

  @Override
  protected final long flowHash() {
    return requestClass.flowHash();
  }

  RequestClass requestClass() {
    return requestClass;
  }

  SeatLevel level() {
    return requestClass.level();
  }

  /// Asks for seats; [Verdict#UNDECIDED] when they are not to be had at once.
  Verdict offer() {
    level().offer(this);
    return verdict.get();
  }

  /// Leaves the rest to [#granted] and [#refused], unless it was decided meanwhile.
  Verdict park() {
    verdict.compareAndSet(Verdict.UNDECIDED, Verdict.PARKED);
    return verdict.get();
  }

  /// Told once, by the level.
  void decide(boolean seats) {
    Verdict reached = seats ? Verdict.GRANTED : Verdict.REFUSED;
    if (!verdict.compareAndSet(Verdict.UNDECIDED, reached)) {
      request.later(seats ? this::granted : this::refused);
    }
  }

  /// Gives the seats back, or waits no more; nothing for one that has ended.
  void leave() {
    over = true;
    level().leave(this);
  }

  /// Whether it has left.
  boolean isOver() {
    return over;
  }
}
