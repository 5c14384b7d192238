package dev.pintle.kube.workqueue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class WorkQueueMetricsTest {
  private static final int QUEUES = 500;

  @Test
  void theyAreReadWhileQueuesAreMade() {
    WorkQueueMetrics metrics = new WorkQueueMetrics();
    CompletableFuture<Void> made =
        CompletableFuture.runAsync(() -> {
          for (int i = 0; i < QUEUES; i++) {
            metrics.register("q" + i).added();
          }
        });
    while (!made.isDone()) {
      assertThat(metrics.text()).doesNotContain("null");
    }
    made.join();
    assertThat(metrics.text()).contains("workqueue_adds_total{name=\"q" + (QUEUES - 1) + "\"} 1");
  }
}
