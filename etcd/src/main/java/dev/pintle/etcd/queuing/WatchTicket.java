package dev.pintle.etcd.queuing;

import dev.pintle.etcd.watch.CatchUpTurns;
import dev.pintle.kernel.flow.WorkEstimate;
import dev.pintle.wire.GrpcStream;

/// The ticket of a watcher that is to be told of the past.
final class WatchTicket extends SeatTicket implements CatchUpTurns.Turn {
  private final CatchUpTurns.Asker asker;

  WatchTicket(
      RequestClass requestClass,
      GrpcStream stream,
      WorkEstimate estimate,
      CatchUpTurns.Asker asker) {
    super(requestClass, stream, estimate, Verdict.PARKED);
    this.asker = asker;
  }

  @Override
  void granted() {
    if (!isOver()) {
      asker.granted();
    }
  }

  @Override
  void refused() {
    if (!isOver()) {
      asker.refused();
    }
  }

  @Override
  public void end() {
    if (!isOver()) {
      leave();
    }
  }
}
