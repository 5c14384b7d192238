package dev.pintle.wire.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class FairThreadsTest {
  private static final int ALL_AWAY = 256;
  private static final int CLIENT_AWAY = 32;

  /// Those of other tests may be about to end.
  private final String name = "fair-threads-" + UUID.randomUUID() + "-";

  @Test
  void thoseWhoStoodInEndWhenTheOthersAreBack() throws InterruptedException {
    CountDownLatch away = new CountDownLatch(8);
    CountDownLatch back = new CountDownLatch(1);
    CountDownLatch done = new CountDownLatch(8);
    try (FairThreads threads = new FairThreads(name, new FairLimits(3, 2, 100, 100, 10))) {
      for (int i = 0; i < 8; i++) {
        threads.tryExecute(
            "client" + i,
            1,
            () -> {
              FairThreads.away(() -> held(away, back), () -> false);
              done.countDown();
            });
      }
      assertThat(away.await(60, TimeUnit.SECONDS)).isTrue();
      assertThat(running()).isEqualTo(11);

      back.countDown();

      assertThat(done.await(60, TimeUnit.SECONDS)).isTrue();
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
      while (running() > 3) {
        assertThat(System.nanoTime() - deadline).isNegative();
        Thread.onSpinWait();
      }
      CountDownLatch served = new CountDownLatch(1);
      threads.tryExecute("other", 1, served::countDown);
      assertThat(served.await(60, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(running()).isZero();
  }

  @Test
  void oneClientIsAwayNoMoreOftenThanItsShare() throws InterruptedException {
    CountDownLatch away = new CountDownLatch(CLIENT_AWAY);
    CountDownLatch back = new CountDownLatch(1);
    AtomicInteger crowded = new AtomicInteger();
    AtomicInteger left = new AtomicInteger();
    try (FairThreads threads = new FairThreads(name, new FairLimits(3, 2, 1_000, 1_000, 1_000))) {
      for (int i = 0; i < ALL_AWAY; i++) {
        threads.tryExecute(
            "busy",
            1,
            () ->
                FairThreads.away(
                    () -> {
                      left.incrementAndGet();
                      return held(away, back);
                    },
                    () -> crowded.incrementAndGet() < 0));
      }
      assertThat(away.await(60, TimeUnit.SECONDS)).isTrue();
      CountDownLatch others = new CountDownLatch(8);
      for (int i = 0; i < 8; i++) {
        threads.tryExecute(
            "other" + i, 1, () -> FairThreads.away(() -> held(others, back), () -> false));
      }
      assertThat(others.await(60, TimeUnit.SECONDS)).isTrue();
      // At most those more whose turn had come before.
      assertThat(left).hasValueLessThanOrEqualTo(CLIENT_AWAY + 2);
      assertThat(running()).isLessThanOrEqualTo(CLIENT_AWAY + 2 + 8 + 3);

      back.countDown();
    }
    assertThat(left).hasValue(ALL_AWAY);
    assertThat(crowded).hasValue(0);
  }

  @Test
  void whereTooManyAreAwayNobodyWaitsInItsPlace() throws InterruptedException {
    CountDownLatch away = new CountDownLatch(ALL_AWAY);
    CountDownLatch back = new CountDownLatch(1);
    CountDownLatch crowded = new CountDownLatch(4);
    try (FairThreads threads = new FairThreads(name, new FairLimits(3, 2, 1_000, 1_000, 1_000))) {
      for (int i = 0; i < ALL_AWAY; i++) {
        threads.tryExecute(
            "client" + i, 1, () -> FairThreads.away(() -> held(away, back), () -> false));
      }
      assertThat(away.await(60, TimeUnit.SECONDS)).isTrue();
      for (int i = 0; i < 4; i++) {
        threads.tryExecute(
            "late" + i,
            1,
            () ->
                FairThreads.away(
                    () -> held(away, back),
                    () -> {
                      crowded.countDown();
                      return false;
                    }));
      }
      assertThat(crowded.await(60, TimeUnit.SECONDS)).isTrue();
      CountDownLatch served = new CountDownLatch(1);
      threads.tryExecute("other", 1, served::countDown);
      assertThat(served.await(60, TimeUnit.SECONDS)).isTrue();
      back.countDown();
    }
  }

  @Test
  void clientsThatAreAwayAsOftenAsTheyMayLeavePlacesToOthers() throws InterruptedException {
    int clients = 2 * ALL_AWAY / CLIENT_AWAY;
    CountDownLatch settled = new CountDownLatch(clients * CLIENT_AWAY);
    CountDownLatch back = new CountDownLatch(1);
    AtomicInteger refused = new AtomicInteger();
    try (FairThreads threads = new FairThreads(name, new FairLimits(3, 2, 1_000, 1_000, 1_000))) {
      for (int i = 0; i < clients * CLIENT_AWAY; i++) {
        threads.tryExecute(
            "client" + i % clients,
            1,
            () ->
                FairThreads.away(
                    () -> held(settled, back),
                    () -> {
                      refused.incrementAndGet();
                      settled.countDown();
                      return false;
                    }));
      }
      assertThat(settled.await(60, TimeUnit.SECONDS)).isTrue();
      assertThat(refused).hasPositiveValue();
      CountDownLatch others = new CountDownLatch(4);
      for (int i = 0; i < 4; i++) {
        threads.tryExecute(
            "other" + i, 1, () -> FairThreads.away(() -> held(others, back), () -> false));
      }
      assertThat(others.await(60, TimeUnit.SECONDS)).isTrue();
      back.countDown();
    }
  }

  @Test
  void whatGoesOnIsNotHeldUpByThoseWhoWaitForIt() throws InterruptedException {
    CountDownLatch away = new CountDownLatch(CLIENT_AWAY);
    CountDownLatch goneOn = new CountDownLatch(1);
    try (FairThreads threads = new FairThreads(name, new FairLimits(3, 2, 1_000, 1_000, 1_000))) {
      for (int i = 0; i < CLIENT_AWAY; i++) {
        threads.tryExecute(
            "client", 1, () -> FairThreads.away(() -> held(away, goneOn), () -> false));
      }
      assertThat(away.await(60, TimeUnit.SECONDS)).isTrue();
      assertThat(threads.tryGoOn("client", goneOn::countDown)).isTrue();
      assertThat(goneOn.await(60, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void manyWhoComeBackTogetherLeaveTheirThreadsToOthers() throws InterruptedException {
    CountDownLatch away = new CountDownLatch(16);
    CountDownLatch back = new CountDownLatch(1);
    CountDownLatch computing = new CountDownLatch(16);
    CountDownLatch computed = new CountDownLatch(1);
    try (FairThreads threads = new FairThreads(name, new FairLimits(3, 2, 100, 100, 100))) {
      for (int i = 0; i < 16; i++) {
        threads.tryExecute(
            "busy",
            1,
            () -> {
              FairThreads.away(() -> held(away, back), () -> false);
              held(computing, computed);
            });
      }
      assertThat(away.await(60, TimeUnit.SECONDS)).isTrue();
      back.countDown();
      assertThat(computing.await(60, TimeUnit.SECONDS)).isTrue();

      CountDownLatch served = new CountDownLatch(3);
      for (int i = 0; i < 3; i++) {
        threads.tryExecute("other" + i, 1, () -> held(served, computed));
      }
      assertThat(served.await(60, TimeUnit.SECONDS)).isTrue();
      computed.countDown();
    }
  }

  @Test
  void aWaitWithinAWaitIsPartOfIt() throws InterruptedException {
    CountDownLatch away = new CountDownLatch(1);
    CountDownLatch back = new CountDownLatch(1);
    try (FairThreads threads = new FairThreads(name, new FairLimits(3, 2, 100, 100, 100))) {
      threads.tryExecute(
          "client",
          1,
          () ->
              FairThreads.away(
                  () -> FairThreads.away(() -> held(away, back), () -> false), () -> false));
      assertThat(away.await(60, TimeUnit.SECONDS)).isTrue();
      assertThat(running()).isEqualTo(4);
      back.countDown();
    }
  }

  private static boolean held(CountDownLatch away, CountDownLatch back) {
    away.countDown();
    try {
      return back.await(60, TimeUnit.SECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private long running() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith(name))
        .count();
  }
}
