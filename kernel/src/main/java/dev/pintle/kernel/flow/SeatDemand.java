package dev.pintle.kernel.flow;

/// The demand for the seats of a level over a time: how many were taken or asked for, on average, how far that varied, and at most.
public final class SeatDemand {
  private static final double NANOS_PER_SECOND = 1e9;

  private long sinceNanos;
  private double value;
  private double seconds;
  private double integral;
  private double squares;
  private double max;

  /// The figures of an observation.
  ///
  /// @param seconds for how long; when that is none, `average` and `deviation` say nothing
  /// @param deviation the standard deviation
  /// @param max the most that was asked for at once
  public record Observed(double seconds, double average, double deviation, double max) {}

  public SeatDemand(long nowNanos) {
    this.sinceNanos = nowNanos;
  }

  /// @param seats that are taken or asked for from now on
  public void set(double seats, long nowNanos) {
    integrate(nowNanos);
    value = seats;
    max = Math.max(max, seats);
  }

  /// What was observed since the last reset; from now on the observation begins anew.
  public Observed reset(long nowNanos) {
    integrate(nowNanos);
    double average = seconds > 0 ? integral / seconds : 0;
    double variance = seconds > 0 ? squares / seconds - average * average : 0;
    Observed observed = new Observed(seconds, average, Math.sqrt(Math.max(0, variance)), max);
    seconds = 0;
    integral = 0;
    squares = 0;
    max = value;
    return observed;
  }

  private void integrate(long nowNanos) {
    double passed = (nowNanos - sinceNanos) / NANOS_PER_SECOND;
    sinceNanos = nowNanos;
    seconds += passed;
    integral += value * passed;
    squares += value * value * passed;
  }
}
