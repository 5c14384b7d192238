package dev.pintle.bench.hostile;

import java.util.List;

/// The times that requests took, sorted.
public record Latencies(List<Long> sortedNanos) {
  private static final double NANOS_PER_MILLI = 1e6;

  public Latencies {
    sortedNanos = sortedNanos.stream().sorted().toList();
  }

  public double p99Millis() {
    return at(0.99);
  }

  public double worstMillis() {
    return at(1);
  }

  private double at(double share) {
    if (sortedNanos.isEmpty()) {
      return 0;
    }
    int last = sortedNanos.size() - 1;
    return sortedNanos.get((int) Math.ceil(last * share)) / NANOS_PER_MILLI;
  }
}
