package dev.pintle.kube.workqueue;

import dev.pintle.kube.metrics.MetricsText;
import dev.pintle.kube.metrics.ValueHistogram;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/// The metrics of all work queues of a program, with upstream's names. Thread-safe: they are asked for while queues are still made.
public final class WorkQueueMetrics {
  private static final String PREFIX = "workqueue_";

  private final List<QueueMetrics> queues = new CopyOnWriteArrayList<>();

  /// The metrics of one more queue.
  public QueueMetrics register(String name) {
    QueueMetrics queue = new QueueMetrics(name);
    queues.add(queue);
    return queue;
  }

  /// In Prometheus' text form.
  public String text() {
    MetricsText text = new MetricsText();
    numbers(
        text,
        new Family("adds_total", "Total number of adds handled by workqueue", "counter"),
        QueueMetrics::adds);
    numbers(text, new Family("depth", "Current depth of workqueue", "gauge"), QueueMetrics::depth);
    numbers(
        text,
        new Family("retries_total", "Total number of retries handled by workqueue", "counter"),
        QueueMetrics::retries);
    String wait = "How long in seconds an item stays in workqueue before being requested.";
    times(text, "queue_duration_seconds", wait, QueueMetrics::waitSeconds);
    String work = "How long in seconds processing an item from workqueue takes.";
    times(text, "work_duration_seconds", work, QueueMetrics::workSeconds);
    return text.toString();
  }

  private record Family(String name, String help, String type) {}

  private void numbers(MetricsText text, Family family, ToLongFunction<QueueMetrics> value) {
    String metric = PREFIX + family.name();
    text.family(metric, family.help(), family.type());
    queues.forEach(queue -> text.sample(metric, queue.labels(), value.applyAsLong(queue)));
  }

  private void times(
      MetricsText text, String name, String help, Function<QueueMetrics, ValueHistogram> value) {
    text.family(PREFIX + name, help, "histogram");
    queues.forEach(queue -> value.apply(queue).write(text, PREFIX + name, queue.labels()));
  }
}
