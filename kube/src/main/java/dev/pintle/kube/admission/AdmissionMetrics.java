package dev.pintle.kube.admission;

import dev.pintle.kube.admission.AdmissionRequest.Action;
import dev.pintle.kube.metrics.MetricsText;
import dev.pintle.kube.metrics.MetricsText.Label;
import dev.pintle.kube.metrics.ValueHistogram;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;

/// The times that admission plugins took, by plugin, step and operation. Thread-safe.
public final class AdmissionMetrics {
  private static final String DURATION =
      "apiserver_admission_controller_admission_duration_seconds";
  private static final double[] LIMITS_SECONDS = {0.005, 0.025, 0.1, 0.5, 1, 2.5};

  /// Few: plugins times operations.
  private final Map<Series, ValueHistogram> series = new ConcurrentSkipListMap<>();

  private record Series(String name, Action operation, boolean rejected, String type)
      implements Comparable<Series> {
    List<Label> labels() {
      return List.of(
          new Label("name", name),
          new Label("operation", operation.name()),
          new Label("rejected", Boolean.toString(rejected)),
          new Label("type", type));
    }

    @Override
    public int compareTo(Series other) {
      int byName = name.compareTo(other.name);
      int byType = byName != 0 ? byName : type.compareTo(other.type);
      int byOperation = byType != 0 ? byType : operation.compareTo(other.operation);
      return byOperation != 0 ? byOperation : Boolean.compare(rejected, other.rejected);
    }
  }

  /// @param type `admit` or `validate`
  void add(String plugin, Action operation, boolean rejected, String type, long nanos) {
    series
        .computeIfAbsent(
            new Series(plugin, operation, rejected, type), _ -> new ValueHistogram(LIMITS_SECONDS))
        .add((double) nanos / TimeUnit.SECONDS.toNanos(1));
  }

  /// In Prometheus' form.
  public String text() {
    MetricsText text = new MetricsText();
    text.family(
        DURATION,
        "Time that an admission plugin took, by its name, the operation and the step (validate or admit).",
        "histogram");
    series.forEach((key, histogram) -> histogram.write(text, DURATION, key.labels()));
    return text.toString();
  }
}
