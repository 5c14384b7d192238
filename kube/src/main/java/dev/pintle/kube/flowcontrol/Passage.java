package dev.pintle.kube.flowcontrol;

import dev.pintle.kernel.flow.Rejection;
import dev.pintle.kernel.flow.WorkEstimate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/// The way of one request through the gates before its level, one after the other. It waits at one of them at a time, for no longer than it
/// may wait altogether, and keeps what it has of each until it is ended.
final class Passage {
  private final FlowTicket ticket;
  private final List<Step> steps = new ArrayList<>(2);
  private final AtomicBoolean left = new AtomicBoolean();

  /// Owned by the thread that moves the request on: that of the request, and later the one that a gate tells.
  private int next;

  private volatile boolean over;

  /// A gate, and the request as it comes to it.
  ///
  /// @param release told once the request has left
  private record Step(
      FlowGate gate, FlowGate.Visitor visitor, FlowGate.Manner manner, Runnable release) {}

  Passage(FlowTicket ticket) {
    this.ticket = ticket;
  }

  /// @param estimate in seats of the gate
  /// @param release told once the request has left
  void through(FlowGate gate, WorkEstimate estimate, FlowGate.Manner manner, Runnable release) {
    FlowGate.Visitor visitor = new FlowGate.Visitor(estimate, ticket, this);
    steps.add(new Step(gate, visitor, manner, release));
  }

  FlowControl.Taken begin() {
    FlowControl.Taken taken = move();
    if (taken == FlowControl.Taken.REJECTED) {
      leave();
    }
    return taken;
  }

  private FlowControl.Taken move() {
    while (next < steps.size()) {
      Step step = steps.get(next++);
      FlowControl.Taken taken = step.gate().offer(step.visitor(), step.manner());
      if (over) {
        step.gate().end(step.visitor());
        return FlowControl.Taken.WAITING;
      }
      Rejection rejection = step.visitor().rejection();
      if (rejection != null) {
        level().refuse(ticket, rejection);
      }
      if (taken != FlowControl.Taken.EXECUTING) {
        return taken;
      }
    }
    FlowControl.Taken taken = level().offer(ticket);
    if (over) {
      level().end(ticket);
      return FlowControl.Taken.WAITING;
    }
    return taken;
  }

  private PriorityLevel level() {
    return ticket.classification().level();
  }

  /// The gate that it waited at lets it through.
  void goOn() {
    if (over) {
      return;
    }
    switch (move()) {
      case EXECUTING -> ticket.dispatched();
      case REJECTED -> {
        leave();
        ticket.timedOut();
      }
      case WAITING -> {}
    }
  }

  /// It has waited at a gate for as long as it may.
  void timedOut() {
    level().refuse(ticket, Rejection.TIME_OUT);
    leave();
    ticket.timedOut();
  }

  /// Ends the request, wherever it is; nothing for one that has ended.
  void end() {
    leave();
    level().end(ticket);
  }

  /// The first gate comes last: whoever it lets through then finds the others free.
  private void leave() {
    over = true;
    if (left.compareAndSet(false, true)) {
      for (Step step : steps.reversed()) {
        step.gate().end(step.visitor());
        step.release().run();
      }
    }
  }
}
