package dev.pintle.kube.workqueue;

import dev.pintle.kube.metrics.MetricsText;
import dev.pintle.kube.metrics.MetricsText.Label;
import dev.pintle.kube.metrics.ValueHistogram;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/// The metrics of one work queue, with upstream's names.
public final class QueueMetrics {
  private static final double NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final String PREFIX = "workqueue_";

  private final String name;
  private final LongAdder adds = new LongAdder();
  private final LongAdder retries = new LongAdder();
  private final ValueHistogram waitSeconds = seconds();
  private final ValueHistogram workSeconds = seconds();
  private volatile int depth;

  public QueueMetrics(String name) {
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

  /// In Prometheus' text form.
  public static String text(List<QueueMetrics> queues) {
    MetricsText text = new MetricsText();
    numbers(
        text,
        queues,
        new Family("adds_total", "Total number of adds handled by workqueue", "counter"),
        queue -> queue.adds.sum());
    numbers(
        text,
        queues,
        new Family("depth", "Current depth of workqueue", "gauge"),
        queue -> queue.depth);
    numbers(
        text,
        queues,
        new Family("retries_total", "Total number of retries handled by workqueue", "counter"),
        queue -> queue.retries.sum());
    String wait = "How long in seconds an item stays in workqueue before being requested.";
    times(text, queues, "queue_duration_seconds", wait, queue -> queue.waitSeconds);
    String work = "How long in seconds processing an item from workqueue takes.";
    times(text, queues, "work_duration_seconds", work, queue -> queue.workSeconds);
    return text.toString();
  }

  private record Family(String name, String help, String type) {}

  private static void numbers(
      MetricsText text,
      List<QueueMetrics> queues,
      Family family,
      ToLongFunction<QueueMetrics> value) {
    String metric = PREFIX + family.name();
    text.family(metric, family.help(), family.type());
    queues.forEach(queue -> text.sample(metric, queue.labels(), value.applyAsLong(queue)));
  }

  private static void times(
      MetricsText text,
      List<QueueMetrics> queues,
      String name,
      String help,
      Function<QueueMetrics, ValueHistogram> value) {
    text.family(PREFIX + name, help, "histogram");
    queues.forEach(queue -> value.apply(queue).write(text, PREFIX + name, queue.labels()));
  }

  private List<Label> labels() {
    return List.of(new Label("name", name));
  }
}
