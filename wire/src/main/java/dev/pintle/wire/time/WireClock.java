package dev.pintle.wire.time;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/// The clock of a listener: time that passes, and timers by it. What a listener's limits measure and what rings for them
/// come from one clock, so that a test can move both.
public interface WireClock {
  /// The time of this computer while it runs, and the timers of its event loops.
  WireClock SYSTEM =
      new WireClock() {
        @Override
        public long nanos() {
          return System.nanoTime();
        }

        @Override
        public Future<?> schedule(EventLoop loop, Runnable task, long nanos) {
          return loop.schedule(task, nanos, TimeUnit.NANOSECONDS);
        }
      };

  /// Nanoseconds since some moment; only differences mean something.
  long nanos();

  /// Runs `task` on `loop` once `nanos` have gone by, unless that is cancelled.
  Future<?> schedule(EventLoop loop, Runnable task, long nanos);
}
