package dev.pintle.kube.workqueue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Delayed;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class WorkQueueTest {
  private final ScheduledThreadPoolExecutor timers = new ScheduledThreadPoolExecutor(1);
  private final WorkQueueMetrics metrics = new WorkQueueMetrics();
  private final WorkQueue<String> queue =
      new WorkQueue<>(metrics.register("test"), System::nanoTime, timers);

  @AfterEach
  void close() {
    queue.close();
    timers.shutdownNow();
  }

  @Test
  void aKeyThatWaitsIsNotAddedAgain() throws Exception {
    queue.add("a");
    queue.add("b");
    queue.add("a");
    assertThat(queue.size()).isEqualTo(2);
    assertThat(List.of(queue.take(), queue.take())).containsExactly("a", "b");
  }

  @Test
  void aKeyThatIsAddedWhileItIsBeingDoneComesAgainAfterwards() throws Exception {
    queue.add("a");
    assertThat(queue.take()).isEqualTo("a");
    queue.add("a");
    queue.add("a");
    assertThat(queue.size()).isZero();
    queue.done("a");
    assertThat(queue.size()).isEqualTo(1);
    assertThat(queue.take()).isEqualTo("a");
    queue.done("a");
    assertThat(queue.size()).isZero();
  }

  @Test
  void whatComesLaterComesOnceAtTheEarliestOfItsTimes() throws Exception {
    queue.addAfter("a", TimeUnit.HOURS.toNanos(1));
    queue.addAfter("a", 1);
    queue.addAfter("a", TimeUnit.HOURS.toNanos(2));
    assertThat(queue.take()).isEqualTo("a");
    queue.done("a");
    assertThat(queue.size()).isZero();
  }

  @Test
  void ofWhatComesLaterNoMoreThanOneTimerIsKept() throws Exception {
    timers.setRemoveOnCancelPolicy(true);
    for (int hours = 20; hours > 0; hours--) {
      queue.addAfter("a", TimeUnit.HOURS.toNanos(hours));
    }
    assertThat(timers.getQueue()).hasSize(1);
    queue.dropLater("a");
    queue.dropLater("b");
    assertThat(timers.getQueue()).isEmpty();
    queue.addAfter("a", 1);
    assertThat(queue.take()).isEqualTo("a");
  }

  @Test
  void whatComesInAgesIsLookedAtEachDay() {
    timers.setRemoveOnCancelPolicy(true);
    queue.addAfter("a", Duration.ofDays(10_000_000));
    assertThat(timers.getQueue()).hasSize(1);
    assertThat(((Delayed) timers.getQueue().element()).getDelay(TimeUnit.HOURS))
        .isBetween(22L, 24L);
  }

  @Test
  void whatFailedComesAgainUntilItIsForgotten() throws Exception {
    for (int i = 0; i < 5; i++) {
      queue.addRateLimited("a");
      assertThat(queue.take()).isEqualTo("a");
      queue.done("a");
    }
    queue.forget("a");
    assertThat(metrics.text())
        .contains("workqueue_retries_total{name=\"test\"} 5")
        .contains("workqueue_adds_total{name=\"test\"} 5")
        .contains("workqueue_work_duration_seconds_count{name=\"test\"} 5");
  }

  @Test
  void whoWaitsForAKeyIsToldOfTheEnd() throws Exception {
    Thread waiting =
        Thread.ofVirtual()
            .start(() -> {
              try {
                assertThat(queue.take()).isNull();
              } catch (InterruptedException e) {
                throw new AssertionError(e);
              }
            });
    queue.close();
    waiting.join();
    queue.add("a");
    assertThat(queue.take()).isNull();
  }

  @Test
  void noKeyIsEverDoneByTwoAtOnceAndNoneIsLost() throws Exception {
    long seed = System.nanoTime();
    Set<String> running = ConcurrentHashMap.newKeySet();
    List<String> twice = Collections.synchronizedList(new ArrayList<>());
    ConcurrentHashMap<String, Integer> wanted = new ConcurrentHashMap<>();
    ConcurrentHashMap<String, Integer> seen = new ConcurrentHashMap<>();
    List<Thread> workers = new ArrayList<>();
    AtomicInteger idle = new AtomicInteger();
    for (int i = 0; i < 4; i++) {
      workers.add(
          Thread.ofPlatform()
              .start(() -> {
                try {
                  for (String key = queue.take(); key != null; key = queue.take()) {
                    if (!running.add(key)) {
                      twice.add(key);
                    }
                    seen.put(key, wanted.getOrDefault(key, 0));
                    running.remove(key);
                    queue.done(key);
                  }
                  idle.incrementAndGet();
                } catch (InterruptedException e) {
                  throw new AssertionError(e);
                }
              }));
    }
    Random random = new Random(seed);
    for (int i = 0; i < 50_000; i++) {
      String key = "k" + random.nextInt(20);
      wanted.put(key, i);
      queue.add(key);
    }
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!seen.equals(wanted) && System.nanoTime() - deadline < 0) {
      Thread.onSpinWait();
    }
    assertThat(seen).as("seed %d", seed).isEqualTo(wanted);
    queue.close();
    for (Thread each : workers) {
      each.join();
    }
    assertThat(twice).as("seed %d", seed).isEmpty();
    assertThat(idle.get()).isEqualTo(4);
  }
}
