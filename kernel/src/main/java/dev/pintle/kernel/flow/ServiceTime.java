package dev.pintle.kernel.flow;

/// The time that requests of one kind are taken to be executed, learned from the ones before: a mean in which each counts less the longer ago
/// it was.
///
/// @param nanos what a queue set takes of all until one is known
/// @param known whether one was
public record ServiceTime(long nanos, boolean known) {
  public static final ServiceTime UNKNOWN = new ServiceTime(QueueSet.SERVICE_NANOS, false);

  /// The part that the last one has in the mean.
  private static final int SHARE = 16;

  /// Bounds, in nanoseconds: what one took that was stopped short, or stood still, says little of others.
  static final long NANOS_MIN = 100_000;

  static final long NANOS_MAX = 10_000_000_000L;

  /// What it is after one that took so long.
  public ServiceTime after(long lastNanos) {
    long bounded = Math.min(NANOS_MAX, Math.max(NANOS_MIN, lastNanos));
    return new ServiceTime(known ? nanos + (bounded - nanos) / SHARE : bounded, true);
  }
}
