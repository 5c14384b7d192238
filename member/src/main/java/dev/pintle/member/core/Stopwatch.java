package dev.pintle.member.core;

import dev.pintle.member.Durations;
import dev.pintle.member.clock.Clock;

/// Times one thing after the other, on one thread.
final class Stopwatch {
  private final Clock clock;
  private final Durations durations;
  private long startedNanos;

  Stopwatch(Clock clock, Durations durations) {
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
