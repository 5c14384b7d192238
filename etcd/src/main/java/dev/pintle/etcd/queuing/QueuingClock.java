package dev.pintle.etcd.queuing;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/// The time as levels are told it, and a timer.
///
/// @param monotonic nanoseconds that never go back
public record QueuingClock(LongSupplier monotonic, Timer timer) {
  /// The timer of a clock; what it runs must not wait.
  @FunctionalInterface
  public interface Timer {
    void run(Runnable action, long inNanos);
  }

  public static QueuingClock of(ScheduledExecutorService timers) {
    return new QueuingClock(
        System::nanoTime, (action, inNanos) -> schedule(timers, action, inNanos));
  }

  private static void schedule(ScheduledExecutorService timers, Runnable action, long inNanos) {
    try {
      var _ = timers.schedule(action, inNanos, TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException _) {
      // The server is stopping: connections are closed, and with them whatever waits.
    }
  }

  long nanos() {
    return monotonic.getAsLong();
  }

  void schedule(Runnable action, long inNanos) {
    timer.run(action, inNanos);
  }
}
