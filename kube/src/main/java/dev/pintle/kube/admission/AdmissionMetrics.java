package dev.pintle.kube.admission;

import dev.pintle.kube.admission.AdmissionRequest.Action;
import dev.pintle.kube.metrics.MetricsText;
import dev.pintle.kube.metrics.MetricsText.Label;
import dev.pintle.kube.metrics.ValueHistogram;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/// The times that admission plugins took, by plugin, step and operation. Thread-safe.
public final class AdmissionMetrics {
  private static final String DURATION =
      "apiserver_admission_controller_admission_duration_seconds";
  private static final double[] LIMITS_SECONDS = {0.005, 0.025, 0.1, 0.5, 1, 2.5};
  private static final Action[] OPERATIONS = Action.values();

  private final ConcurrentSkipListSet<StepTimes> steps =
      new ConcurrentSkipListSet<>(
          Comparator.comparing((StepTimes times) -> times.plugin)
              .thenComparing(times -> times.type));

  /// The times of one step of one plugin.
  static final class StepTimes {
    private final String plugin;
    private final String type;

    /// Two an operation, of what was let through and of what was not; made when first needed.
    private final AtomicReferenceArray<@Nullable ValueHistogram> times =
        new AtomicReferenceArray<>(2 * OPERATIONS.length);

    private StepTimes(String plugin, String type) {
      this.plugin = plugin;
      this.type = type;
    }

    void add(Action operation, boolean rejected, long nanos) {
      int index = 2 * operation.ordinal() + (rejected ? 1 : 0);
      ValueHistogram histogram = times.get(index);
      if (histogram == null) {
        times.compareAndSet(index, null, new ValueHistogram(LIMITS_SECONDS));
        add(operation, rejected, nanos);
        return;
      }
      histogram.add((double) nanos / TimeUnit.SECONDS.toNanos(1));
    }

    private void write(MetricsText text) {
      for (int index = 0; index < times.length(); index++) {
        ValueHistogram histogram = times.get(index);
        if (histogram != null) {
          histogram.write(text, DURATION, labels(OPERATIONS[index / 2], index % 2 == 1));
        }
      }
    }

    private List<Label> labels(Action operation, boolean rejected) {
      return List.of(
          new Label("name", plugin),
          new Label("operation", operation.name()),
          new Label("rejected", Boolean.toString(rejected)),
          new Label("type", type));
    }
  }

  /// Where a step of a plugin counts its times from now on.
  ///
  /// @param type `admit` or `validate`
  StepTimes register(String plugin, String type) {
    StepTimes times = new StepTimes(plugin, type);
    if (!steps.add(times)) {
      throw new IllegalArgumentException(plugin + ": registered before");
    }
    return times;
  }

  /// In Prometheus' form.
  public String text() {
    MetricsText text = new MetricsText();
    text.family(
        DURATION,
        "Time that an admission plugin took, by its name, the operation and the step (validate or admit).",
        "histogram");
    steps.forEach(times -> times.write(text));
    return text.toString();
  }
}
