package dev.pintle.kube.flowcontrol;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/// The time as priority levels are told it, and a timer.
///
/// @param monotonic nanoseconds that never go back
public record FlowClock(LongSupplier monotonic, ScheduledExecutorService timers) {
  long nanos() {
    return monotonic.getAsLong();
  }

  void schedule(Runnable action, long inNanos) {
    try {
      var _ = timers.schedule(action, inNanos, TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException _) {
      // The server is stopping: connections are closed, and with them whatever waits.
    }
  }
}
