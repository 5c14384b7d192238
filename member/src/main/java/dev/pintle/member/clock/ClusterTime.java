package dev.pintle.member.clock;

import java.util.concurrent.ScheduledExecutorService;

/// The time of a cluster: the hour by which its objects are stamped and judged, a measure by which what it keeps for a while runs out, and
/// timers by that measure. What belongs to connections, or to how much a process does, goes by the time of the machine instead.
public interface ClusterTime extends Clock {
  /// As the machine's.
  ClusterTime MACHINE =
      new ClusterTime() {
        @Override
        public long nanos() {
          return System.nanoTime();
        }

        @Override
        public java.time.Clock hour() {
          return java.time.Clock.systemUTC();
        }

        @Override
        public ScheduledExecutorService timers(ScheduledExecutorService ofMachine) {
          return ofMachine;
        }

        @Override
        public Registration whenMoved(Runnable look) {
          return () -> {};
        }
      };

  /// In UTC.
  java.time.Clock hour();

  /// Timers by this time, for whoever has some by the machine's: those, where both are one, or others, which the caller ends.
  ScheduledExecutorService timers(ScheduledExecutorService ofMachine);

  /// Has `look` run after each move, by whoever moves it, which waits for it.
  Registration whenMoved(Runnable look);

  /// The wish to be told of moves.
  @FunctionalInterface
  interface Registration extends AutoCloseable {
    @Override
    void close();
  }
}
