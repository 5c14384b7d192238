package dev.pintle.kube.metrics;

import java.util.List;

/// The writer of metrics in Prometheus' text form.
final class MetricsText {
  private final StringBuilder text = new StringBuilder(16 * 1_024);

  /// A name with a value.
  record Label(String name, String value) {}

  /// Begins a family.
  ///
  /// @param type `counter`, `gauge` or `histogram`
  void family(String name, String help, String type) {
    text.append("# HELP ").append(name).append(' ').append(help).append('\n');
    text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
  }

  void sample(String name, List<Label> labels, String value) {
    text.append(name);
    if (!labels.isEmpty()) {
      char separator = '{';
      for (Label label : labels) {
        text.append(separator).append(label.name()).append("=\"");
        text.append(escape(label.value())).append('"');
        separator = ',';
      }
      text.append('}');
    }
    text.append(' ').append(value).append('\n');
  }

  void sample(String name, List<Label> labels, long value) {
    sample(name, labels, Long.toString(value));
  }

  private static String escape(String value) {
    return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
