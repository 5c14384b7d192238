package dev.pintle.member.clock;

/// Measures time that passes; says nothing about the hour.
@FunctionalInterface
public interface Clock {
  /// The time of this computer while it runs.
  Clock SYSTEM = System::nanoTime;

  /// Nanoseconds since some moment; only differences mean something.
  long nanos();
}
