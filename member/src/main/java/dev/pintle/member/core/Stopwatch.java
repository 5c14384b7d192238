package dev.pintle.member.core;

import dev.pintle.member.LatencyCounts;
import dev.pintle.member.clock.Clock;

/// A timer of one thing after the other, on one thread.
final class Stopwatch {
  private final Clock clock;
  private final LatencyCounts durations;
  private long startedNanos;

  Stopwatch(Clock clock, LatencyCounts durations) {
    this.clock = clock;
    this.durations = durations;
  }

  void start() {
    startedNanos = clock.nanos();
  }

  void stop() {
    durations.add(clock.nanos() - startedNanos);
  }
}
