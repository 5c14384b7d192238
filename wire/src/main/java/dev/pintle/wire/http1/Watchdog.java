package dev.pintle.wire.http1;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One timer for all that a connection may wait for. Setting it again only moves a field; the timer itself is planned
/// anew when it rings too early.
final class Watchdog {
  private final EventLoop loop;
  private final Runnable bark;
  private boolean on;
  private long deadlineNanos;
  private long plannedNanos;
  private @Nullable Future<?> planned;

  Watchdog(EventLoop loop, Runnable bark) {
    this.loop = loop;
    this.bark = bark;
  }

  /// Barks unless set again or called off within `patience`.
  void set(Duration patience) {
    on = true;
    deadlineNanos = System.nanoTime() + patience.toNanos();
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
    planned = loop.schedule(this::ring, deadlineNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
  }

  private void ring() {
    planned = null;
    if (!on) {
      return;
    }
    if (deadlineNanos - System.nanoTime() > 0) {
      plan();
    } else {
      on = false;
      bark.run();
    }
  }
}
