package dev.pintle.kube.chain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kube.chain.DeadlineQueue.Deadline;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class DeadlineQueueTest {
  private static final long HOUR = TimeUnit.HOURS.toNanos(1);
  private static final int SECONDS_MAX = 20;

  private final ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor();
  private final LinkedBlockingQueue<String> late = new LinkedBlockingQueue<>();
  private final DeadlineQueue deadlines = new DeadlineQueue(System::nanoTime, timers);

  @AfterEach
  void close() {
    timers.shutdownNow();
  }

  private Deadline add(String name, long nanos) {
    return deadlines.add(nanos, () -> late.add(name));
  }

  private String next() throws InterruptedException {
    return String.valueOf(late.poll(SECONDS_MAX, TimeUnit.SECONDS));
  }

  @Test
  void theShorterTimeIsOverFirstWhicheverCameFirst() throws Exception {
    CountDownLatch added = new CountDownLatch(1);
    timers.execute(() -> await(added));
    add("hour", HOUR);
    add("second", 2);
    add("first", 1);
    added.countDown();
    assertThat(List.of(next(), next())).containsExactlyInAnyOrder("first", "second");
    assertThat(late).isEmpty();
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(SECONDS_MAX, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void whatIsRemovedIsNeverLate() throws Exception {
    CountDownLatch removed = new CountDownLatch(1);
    timers.execute(() -> await(removed));
    for (int i = 0; i < 1_000; i++) {
      deadlines.remove(add("removed", i));
    }
    add("kept", 1_000);
    removed.countDown();
    assertThat(next()).isEqualTo("kept");
    assertThat(late).isEmpty();
  }

  @Test
  void oneThatComesWhileAnotherIsWaitedForIsSeenInTime() throws Exception {
    List<Deadline> others = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      others.add(add("other", HOUR + i));
    }
    add("now", 0);
    assertThat(next()).isEqualTo("now");
    others.forEach(deadlines::remove);
    add("again", 0);
    assertThat(next()).isEqualTo("again");
  }

  @Test
  void theClockMayBeginAnywhere() throws Exception {
    AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 5);
    DeadlineQueue wrapping = new DeadlineQueue(clock::get, timers);
    wrapping.add(HOUR, () -> late.add("hour"));
    clock.addAndGet(10);
    wrapping.add(0, () -> late.add("now"));
    assertThat(next()).isEqualTo("now");
  }
}
