package dev.pintle.etcd.http;

import dev.pintle.member.LatencyCounts;

/// The writer of Prometheus' text form, version 0.0.4.
final class Exposition {
  private static final double NANOS_PER_SECOND = 1e9;

  private final StringBuilder text = new StringBuilder(4096);
  private String current = "";

  void gauge(String name, String help, long value) {
    family(name, help, "gauge");
    sample(name, Long.toString(value));
  }

  void counter(String name, String help, long value) {
    family(name, help, "counter");
    sample(name, Long.toString(value));
  }

  void seconds(String name, String help, double value) {
    family(name, help, "counter");
    sample(name, Double.toString(value));
  }

  /// A gauge of 1 that says something by its label.
  void gauge(String name, String help, String label, String value) {
    family(name, help, "gauge");
    sample("%s{%s=\"%s\"}".formatted(name, label, value), "1");
  }

  /// A family of counters, whose samples follow.
  void counters(String name, String help) {
    family(name, help, "counter");
    current = name;
  }

  /// A family of gauges, whose samples follow.
  void gauges(String name, String help) {
    family(name, help, "gauge");
    current = name;
  }

  /// A histogram of what never happens here, with bounds that double from the first one on.
  void emptyHistogram(String name, String help, double firstBound, int bounds) {
    family(name, help, "histogram");
    double bound = firstBound;
    for (int i = 0; i < bounds; i++) {
      sample("%s_bucket{le=\"%s\"}".formatted(name, bound), "0");
      bound *= 2;
    }
    sample(name + "_bucket{le=\"+Inf\"}", "0");
    sample(name + "_sum", "0");
    sample(name + "_count", "0");
  }

  /// A sample of the family begun last.
  void sample(String labels, long value) {
    sample("%s{%s}".formatted(current, labels), Long.toString(value));
  }

  void histogram(String name, String help, LatencyCounts durations) {
    family(name, help, "histogram");
    long count = 0;
    for (int bound = 0; bound < LatencyCounts.bounds(); bound++) {
      count += durations.count(bound);
      String label = Double.toString(LatencyCounts.boundNanos(bound) / NANOS_PER_SECOND);
      sample("%s_bucket{le=\"%s\"}".formatted(name, label), Long.toString(count));
    }
    count += durations.countBeyond();
    sample(name + "_bucket{le=\"+Inf\"}", Long.toString(count));
    sample(name + "_sum", Double.toString(durations.nanosTotal() / NANOS_PER_SECOND));
    sample(name + "_count", Long.toString(count));
  }

  String text() {
    return text.toString();
  }

  private void family(String name, String help, String type) {
    text.append("# HELP ").append(name).append(' ').append(help).append('\n');
    text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
  }

  private void sample(String name, String value) {
    text.append(name).append(' ').append(value).append('\n');
  }
}
