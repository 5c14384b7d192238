package dev.pintle.member.clock;

/// A measure of time that passes; says nothing about the hour.
@FunctionalInterface
public interface Clock {
  /// The time of this computer while it runs.
  Clock SYSTEM = System::nanoTime;

  /// Nanoseconds since some moment; only differences mean something.
  long nanos();
}
