package dev.pintle.kube.metrics;

import java.util.List;

/// The writer of metrics in Prometheus' text form.
public final class MetricsText {
  private final StringBuilder text = new StringBuilder(16 * 1_024);
  private String family = "";

  /// A name with a value.
  public record Label(String name, String value) {}

  /// Begins a family. One without samples is not shown.
  ///
  /// @param type `counter`, `gauge` or `histogram`
  public void family(String name, String help, String type) {
    family = "# HELP %1$s %2$s\n# TYPE %1$s %3$s\n".formatted(name, help, type);
  }

  public void sample(String name, List<Label> labels, String value) {
    text.append(family).append(name);
    family = "";
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

  public void sample(String name, List<Label> labels, long value) {
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
