package dev.pintle.bench.storm;

/// One storm over one server.
///
/// @param contender the server's name
/// @param cpuMicros of the server's processes, user and system, during the storm
/// @param residentBytes of them at its end
public record StormRun(
    String contender, Fairness fairness, StormOutcome outcome, long cpuMicros, long residentBytes) {

  public TrafficFigures of(Traffic traffic) {
    return outcome.figures().of(traffic);
  }

  public double cpuMicrosEach() {
    return (double) cpuMicros / Math.max(1, outcome.figures().requests());
  }

  double p50(Traffic traffic) {
    return of(traffic).whole().millisAt(0.5);
  }

  double p99(Traffic traffic) {
    return of(traffic).whole().millisAt(0.99);
  }

  String title() {
    return contender + ", " + fairness.word();
  }
}
