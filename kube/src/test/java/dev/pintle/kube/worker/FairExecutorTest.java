package dev.pintle.kube.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pintle.kube.status.StatusError;
import dev.pintle.wire.worker.FairLimits;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class FairExecutorTest {
  private static final long CLIENT_BYTES = 100;
  private static final long ALL_BYTES = 250;

  private final CountDownLatch release = new CountDownLatch(1);
  private final FairExecutor executor =
      new FairExecutor(new FairLimits(3, 2, ALL_BYTES, CLIENT_BYTES, 10));

  @AfterEach
  void close() {
    release.countDown();
    executor.close();
  }

  @Test
  void aClientWithMuchToDoLeavesAThreadForOthers() throws InterruptedException {
    for (int i = 0; i < 5; i++) {
      executor.execute("busy", 1, this::hold);
    }
    CountDownLatch served = new CountDownLatch(1);
    executor.execute("other", 1, served::countDown);

    assertThat(served.await(60, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void whoeverWaitsForSomebodyElseKeepsNoThread() throws InterruptedException {
    CountDownLatch away = new CountDownLatch(12);
    for (int i = 0; i < 12; i++) {
      executor.execute("waiting" + i % 4, 1, () -> FairExecutor.away(() -> held(away)));
    }
    assertThat(away.await(60, TimeUnit.SECONDS)).isTrue();

    assertThat(executor.call("other", 1, () -> "served")).isEqualTo("served");
    assertThat(executor.call("waiting0", 1, () -> "served")).isEqualTo("served");
  }

  private boolean held(CountDownLatch away) {
    away.countDown();
    hold();
    return true;
  }

  @Test
  void elsewhereAWaitIsAWait() {
    assertThat(FairExecutor.away(() -> "waited")).isEqualTo("waited");
  }

  @Test
  void clientsTakeTurns() throws InterruptedException {
    CountDownLatch holding = new CountDownLatch(3);
    for (String client : List.of("a", "a", "b")) {
      executor.execute(
          client,
          0,
          () -> {
            holding.countDown();
            hold();
          });
    }
    assertThat(holding.await(60, TimeUnit.SECONDS)).isTrue();
    List<String> order = Collections.synchronizedList(new ArrayList<>());
    CountDownLatch done = new CountDownLatch(6);
    for (String client : List.of("c", "c", "c", "c", "d", "e")) {
      executor.execute(
          client,
          0,
          () -> {
            order.add(client);
            done.countDown();
          });
    }
    release.countDown();

    assertThat(done.await(60, TimeUnit.SECONDS)).isTrue();
    assertThat(order.subList(0, 5)).contains("d", "e");
  }

  @Test
  void moreThanAClientMayHoldIsRefused() {
    executor.execute("a", 60, this::hold);
    executor.execute("a", 40, this::hold);

    assertThatThrownBy(() -> executor.execute("a", 1, this::hold)).isInstanceOf(StatusError.class);
    executor.execute("b", 100, this::hold);
    executor.execute("c", 10, this::hold);
    assertThatThrownBy(() -> executor.execute("c", 41, this::hold)).isInstanceOf(StatusError.class);
  }

  @Test
  void moreTasksThanMayWaitAreRefused() {
    for (int i = 0; i < 10; i++) {
      executor.execute("a", 0, this::hold);
    }

    assertThatThrownBy(
            () -> {
              for (int i = 0; i < 10; i++) {
                executor.execute("a", 0, this::hold);
              }
            })
        .isInstanceOf(StatusError.class);
  }

  @Test
  void whatIsAloneIsTakenWhateverItsSize() throws InterruptedException {
    CountDownLatch served = new CountDownLatch(1);
    executor.execute("a", ALL_BYTES * 2, served::countDown);

    assertThat(served.await(60, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void workThatFailsGivesItsRoomBack() throws InterruptedException {
    executor.execute(
        "a",
        CLIENT_BYTES,
        () -> {
          throw new IllegalStateException("meant to fail");
        });
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    CountDownLatch served = new CountDownLatch(1);
    while (!isTaken("a", CLIENT_BYTES, served::countDown)) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      Thread.onSpinWait();
    }

    assertThat(served.await(60, TimeUnit.SECONDS)).isTrue();
  }

  private boolean isTaken(String client, long bytes, Runnable work) {
    try {
      executor.execute(client, bytes, work);
      return true;
    } catch (StatusError _) {
      return false;
    }
  }

  private void hold() {
    try {
      assertThat(release.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
