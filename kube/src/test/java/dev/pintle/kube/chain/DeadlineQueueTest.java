package dev.pintle.kube.chain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kube.chain.DeadlineHeap.Deadline;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeSet;
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

  private Deadline named(String name) {
    return new Deadline() {
      @Override
      void late() {
        late.add(name);
      }
    };
  }

  private Deadline add(String name, long nanos) {
    Deadline added = named(name);
    deadlines.add(nanos, added);
    return added;
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
  void whatIsOverBeforeItComesIsNeverLate() throws Exception {
    Deadline over = named("over");
    over.ended(200, 0);
    deadlines.add(1, over);
    add("next", 2);
    assertThat(next()).isEqualTo("next");
    assertThat(late).isEmpty();
  }

  @Test
  void whatIsRemovedIsNeverLate() throws Exception {
    CountDownLatch removed = new CountDownLatch(1);
    timers.execute(() -> await(removed));
    for (int i = 0; i < 1_000; i++) {
      add("removed", i).ended(200, 0);
    }
    add("kept", 1_000);
    removed.countDown();
    assertThat(next()).isEqualTo("kept");
    assertThat(late).isEmpty();
  }

  /// As many come and go, in any order, as make the heap grow and shrink.
  @Test
  void whateverComesAndGoesTheOthersComeInTheirOrder() throws Exception {
    SplittableRandom random = new SplittableRandom(7);
    DeadlineHeap heap = new DeadlineHeap();
    TreeSet<Long> model = new TreeSet<>();
    Map<Long, Deadline> added = new HashMap<>();
    for (int round = 0; round < 20_000; round++) {
      long at = random.nextLong(1_000_000);
      if (round < 10_000 && random.nextInt(3) > 0 && model.add(at)) {
        added.put(at, named("at " + at));
        heap.add(at, added.get(at));
      } else if (!model.isEmpty()) {
        Long over = model.ceiling(at);
        over = over == null ? model.first() : over;
        Deadline leaving = Objects.requireNonNull(added.get(over));
        leaving.ended(200, 0);
        leaving.ended(200, 0);
        model.remove(over);
      }
      assertThat(heap.nextNanos(-1)).isEqualTo(model.isEmpty() ? -1 : model.first());
      if (round == 10_000) {
        assertThat(model).hasSizeGreaterThan(1_000);
      }
      if (round > 10_000 && !model.isEmpty()) {
        long first = model.pollFirst();
        assertThat(heap.takeLate(first - 1)).isNull();
        assertThat(heap.takeLate(first)).isSameAs(added.get(first));
      }
    }
    assertThat(heap.takeLate(Long.MAX_VALUE)).isNull();
  }

  @Test
  void oneThatComesWhileAnotherIsWaitedForIsSeenInTime() throws Exception {
    List<Deadline> others = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      others.add(add("other", HOUR + i));
    }
    add("now", 0);
    assertThat(next()).isEqualTo("now");
    others.forEach(other -> other.ended(200, 0));
    add("again", 0);
    assertThat(next()).isEqualTo("again");
  }

  @Test
  void theClockMayBeginAnywhere() throws Exception {
    AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 5);
    DeadlineQueue wrapping = new DeadlineQueue(clock::get, timers);
    wrapping.add(HOUR, named("hour"));
    clock.addAndGet(10);
    wrapping.add(0, named("now"));
    assertThat(next()).isEqualTo("now");
  }
}
