package dev.pintle.bench.storm;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

final class PaceTest {
  private static final long PERIOD = Duration.ofMillis(1).toNanos();
  private static final int TIMES = 20;

  @Test
  void whatWasDueWhileARequestTookLongIsAskedAfterwardsAndHasWaited() throws Exception {
    Queue<Long> due = new ConcurrentLinkedQueue<>();
    Queue<Long> begun = new ConcurrentLinkedQueue<>();
    CountDownLatch enough = new CountDownLatch(TIMES);
    CountDownLatch answer = new CountDownLatch(1);
    Pace pace = new Pace();
    pace.every(
        Duration.ofNanos(PERIOD),
        0,
        when -> {
          due.add(when);
          begun.add(System.nanoTime());
          answer.await();
          enough.countDown();
        });
    long late = System.nanoTime() + 10 * PERIOD;
    while (System.nanoTime() < late || due.isEmpty()) {
      Thread.onSpinWait();
    }
    answer.countDown();
    enough.await();
    pace.stop();
    List<Long> times = List.copyOf(due);
    for (int i = 1; i < times.size(); i++) {
      assertThat(times.get(i) - times.get(i - 1)).isEqualTo(PERIOD);
    }
    long second = List.copyOf(begun).get(1);
    assertThat(second - times.get(1)).as("waited since it was due").isGreaterThan(5 * PERIOD);
  }

  @Test
  void nothingBeginsAfterTheEnd() throws Exception {
    Queue<Long> due = new ConcurrentLinkedQueue<>();
    Pace pace = new Pace();
    pace.every(Duration.ofHours(1), 0.5, due::add);
    pace.stop();
    assertThat(due).isEmpty();
  }
}
