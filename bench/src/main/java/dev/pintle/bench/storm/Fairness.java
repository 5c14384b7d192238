package dev.pintle.bench.storm;

/// A server's priority and fairness during a storm.
public enum Fairness {
  /// Without it: so many requests at once, 400 and 200, and no more.
  OFF("off"),
  /// As a new cluster has it.
  DEFAULT("default"),
  /// With the configuration of `examples/job-storm`.
  TUNED("tuned");

  private final String word;

  Fairness(String word) {
    this.word = word;
  }

  public String word() {
    return word;
  }
}
