package dev.pintle.kube.workqueue;

import dev.pintle.kube.metrics.MetricsText.Label;
import dev.pintle.kube.metrics.ValueHistogram;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/// The metrics of one work queue.
public final class QueueMetrics {
  private static final double NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

  private final String name;
  private final LongAdder adds = new LongAdder();
  private final LongAdder retries = new LongAdder();
  private final ValueHistogram waitSeconds = seconds();
  private final ValueHistogram workSeconds = seconds();
  private volatile int depth;

  QueueMetrics(String name) {
    this.name = name;
  }

  private static ValueHistogram seconds() {
    return new ValueHistogram(1e-8, 1e-7, 1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 0.1, 1, 10);
  }

  void added() {
    adds.increment();
  }

  void retried() {
    retries.increment();
  }

  void depth(int keys) {
    depth = keys;
  }

  void waited(long nanos) {
    waitSeconds.add(nanos / NANOS_PER_SECOND);
  }

  void worked(long nanos) {
    workSeconds.add(nanos / NANOS_PER_SECOND);
  }

  long adds() {
    return adds.sum();
  }

  long retries() {
    return retries.sum();
  }

  int depth() {
    return depth;
  }

  ValueHistogram waitSeconds() {
    return waitSeconds;
  }

  ValueHistogram workSeconds() {
    return workSeconds;
  }

  List<Label> labels() {
    return List.of(new Label("name", name));
  }
}
