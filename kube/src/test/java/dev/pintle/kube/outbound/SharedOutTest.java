package dev.pintle.kube.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class SharedOutTest {
  private static final long LONG = TimeUnit.SECONDS.toNanos(20);

  private static long takenBy(SharedOut shared, String name) {
    long taken = 0;
    while (shared.tryTake(name, 1)) {
      taken++;
    }
    return taken;
  }

  @Test
  void whoIsAloneHasAPart() {
    SharedOut shared = new SharedOut(1_000, 7);
    assertThat(takenBy(shared, "a")).isEqualTo(125);
  }

  @Test
  void howeverManyWantAllThereIsSomethingForWhoComesNew() {
    SharedOut shared = new SharedOut(1_000, 7);
    long before = Long.MAX_VALUE;
    for (int i = 0; i < 30; i++) {
      long taken = takenBy(shared, "hog" + i);
      assertThat(taken).as("part of number %d", i).isBetween(1L, before);
      before = taken;
    }
    assertThat(shared.free()).isPositive();
  }

  @Test
  void whatIsMoreThanAPartIsGivenToWhoHasNothing() {
    SharedOut shared = new SharedOut(100, 2);
    assertThat(shared.tryTake("a", shared.fitting(1_000))).isTrue();
    assertThat(shared.tryTake("b", 1)).isFalse();
    shared.giveBack("a", 100);
    assertThat(shared.tryTake("b", 1)).isTrue();
    assertThat(shared.free()).isEqualTo(99);
  }

  @Test
  void whatGrowsAloneLeavesAsMuchAsItHas() {
    SharedOut shared = new SharedOut(100, 2);
    long held = 0;
    while (shared.tryGrow("a", 1, held)) {
      held++;
    }
    assertThat(held).isBetween(50L, 51L);
    assertThat(shared.tryGrow("a", 1, 0)).as("another one under the name").isFalse();
    assertThat(shared.tryGrow("b", 1, 0)).isTrue();
  }

  @Test
  void whoWaitsIsGivenItInOrderAndNobodyGoesBefore() throws Exception {
    SharedOut shared = new SharedOut(10, 1);
    assertThat(shared.tryTake("a", 10)).isTrue();
    CountDownLatch begun = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Boolean> waits =
          threads.submit(() -> {
            begun.countDown();
            return shared.take("b", 8, LONG);
          });
      begun.await();
      assertThat(shared.take("c", 1, 1)).isFalse();
      shared.giveBack("a", 5);
      assertThat(waits.isDone()).isFalse();
      assertThat(shared.tryTake("c", 1)).isTrue();
      shared.giveBack("a", 5);
      assertThat(waits.get()).isTrue();
      assertThat(shared.heldBy("b")).isEqualTo(8);
      assertThat(shared.free()).isEqualTo(1);
    }
  }

  @Test
  void whoGoesLeavesNothingBehind() throws Exception {
    SharedOut shared = new SharedOut(10, 1);
    assertThat(shared.tryTake("a", 10)).isTrue();
    assertThat(shared.take("a", 5, 1)).isFalse();
    shared.giveBack("a", 10);
    assertThat(shared.free()).isEqualTo(10);
    assertThat(shared.heldBy("a")).isZero();
    assertThat(shared.tryTake("a", 10)).isTrue();
  }
}
