package dev.pintle.etcd.http;

/// Prometheus' text form, version 0.0.4.
final class Exposition {
  private final StringBuilder text = new StringBuilder(4096);

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
