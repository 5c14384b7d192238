package dev.pintle.bench.storm;

/// The outcome of a storm, and how everybody fared.
///
/// @param burst its figures are part of `figures`
/// @param heard events that informers heard meanwhile
public record StormOutcome(BurstOutcome burst, StormFigures figures, long heard) {
  private static final double NANOS_PER_SECOND = 1e9;

  public double jobsPerSecond() {
    return burst.jobs() / Math.max(seconds(burst.jobNanos()), 1e-9);
  }

  public double jobSeconds() {
    return seconds(burst.jobNanos());
  }

  public double allSeconds() {
    return seconds(burst.allNanos());
  }

  private static double seconds(long nanos) {
    return nanos / NANOS_PER_SECOND;
  }
}
