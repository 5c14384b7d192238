package dev.pintle.wire.http1;

import dev.pintle.wire.loop.LoopTurn;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// One timer for all that a connection may wait for. Setting it again only moves a field; the timer itself is planned
/// anew when it rings too early.
final class Watchdog {
  private final LoopTurn turn;
  private final Runnable bark;
  private boolean on;
  private long deadlineNanos;
  private long plannedNanos;
  private @Nullable Future<?> planned;

  Watchdog(LoopTurn turn, Runnable bark) {
    this.turn = turn;
    this.bark = bark;
  }

  /// Barks unless set again or called off within `patience`.
  void set(Duration patience) {
    on = true;
    deadlineNanos = turn.nanos() + patience.toNanos();
    if (planned == null) {
      plan();
    } else if (plannedNanos - deadlineNanos > 0) {
      planned.cancel(false);
      plan();
    }
  }

  void callOff() {
    on = false;
  }

  void end() {
    on = false;
    if (planned != null) {
      planned.cancel(false);
    }
  }

  private void plan() {
    plannedNanos = deadlineNanos;
    planned = turn.schedule(this::ring, deadlineNanos - turn.nanos());
  }

  private void ring() {
    planned = null;
    if (!on) {
      return;
    }
    if (deadlineNanos - turn.nanos() > 0) {
      plan();
    } else {
      on = false;
      bark.run();
    }
  }
}
