package dev.pintle.kernel.flow;

/// The demand for a level's seats as it is known at the end of each period: of the last one, and smoothed over those before.
public final class DemandHistory {
  /// What a period leaves of the smoothed demand: half after 5 minutes of periods of 10 seconds.
  private static final double KEPT = 0.977;

  private double average;
  private double deviation;
  private int highWatermark;
  private double smoothed;

  /// Notes what was observed in a period. The smoothed demand rises at once and falls slowly.
  public void note(SeatDemand.Observed observed) {
    highWatermark = (int) Math.round(observed.max());
    if (observed.seconds() <= 0) {
      return;
    }
    average = observed.average();
    deviation = observed.deviation();
    double envelope = average + deviation;
    smoothed = Math.max(envelope, KEPT * smoothed + (1 - KEPT) * envelope);
  }

  public double average() {
    return average;
  }

  public double deviation() {
    return deviation;
  }

  public int highWatermark() {
    return highWatermark;
  }

  public double smoothed() {
    return smoothed;
  }
}
