package dev.pintle.kube.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.command.Command;
import dev.pintle.kernel.keyspace.KeyRange;
import dev.pintle.kube.metrics.ControllerFailures;
import dev.pintle.member.local.LocalMember;
import dev.pintle.member.local.Settings;
import dev.pintle.storage.memory.MemoryKv;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class ReconcilerTest {
  private static final String NAME = "of-the-test";

  private final ControllerFailures failures = new ControllerFailures();

  @Test
  void whatFailsIsToldCountedAndDoneAgain() throws IOException, InterruptedException {
    CountDownLatch done = new CountDownLatch(1);
    AtomicInteger turns = new AtomicInteger();
    Runnable action =
        () -> {
          if (turns.incrementAndGet() <= 2) {
            throw new IllegalStateException("meant to fail");
          }
          done.countDown();
        };
    try (LocalMember member = LocalMember.inMemory(new MemoryKv(), Settings.DEFAULT);
        Reconciler reconciler = new Reconciler(NAME, member, failures, List.of(), action)) {
      reconciler.start();
      assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(failures.counts()).containsEntry(NAME, 2L);
    assertThat(failures.text())
        .contains("pintle_controller_failures_total{controller=\"of-the-test\"} 2");
  }

  @Test
  void aControllerIsKnownBeforeItEverFails() throws IOException {
    try (LocalMember member = LocalMember.inMemory(new MemoryKv(), Settings.DEFAULT);
        Reconciler reconciler = new Reconciler(NAME, member, failures, List.of(), () -> {})) {
      reconciler.start();
    }
    assertThat(failures.counts()).containsEntry(NAME, 0L);
  }

  @Test
  void aChangeOfWhatIsFollowedIsAnsweredAndOneElsewhereIsNot()
      throws IOException, InterruptedException {
    Semaphore done = new Semaphore(0);
    List<Reconciler.Followed> followed =
        List.of(
            Reconciler.Followed.always(KeyRange.point(Bytes.utf8("watched"))),
            new Reconciler.Followed(KeyRange.point(Bytes.utf8("no-matter")), () -> false));
    try (LocalMember member = LocalMember.inMemory(new MemoryKv(), Settings.DEFAULT);
        Reconciler reconciler = new Reconciler(NAME, member, failures, followed, done::release)) {
      reconciler.start();
      take(done);
      put(member, "no-matter");
      put(member, "elsewhere");
      put(member, "watched");
      take(done);
    }
    assertThat(done.availablePermits()).isZero();
  }

  @Test
  void whatIsSaidWhileTheActionRunsIsAnsweredByOneMore() throws IOException, InterruptedException {
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    Semaphore done = new Semaphore(0);
    Runnable action =
        () -> {
          running.countDown();
          awaited(goOn);
          done.release();
        };
    try (LocalMember member = LocalMember.inMemory(new MemoryKv(), Settings.DEFAULT);
        Reconciler reconciler = new Reconciler(NAME, member, failures, List.of(), action)) {
      reconciler.start();
      awaited(running);
      reconciler.wake();
      reconciler.wake();
      reconciler.wake();
      goOn.countDown();
      take(done);
      take(done);
    }
    assertThat(done.availablePermits()).isLessThanOrEqualTo(1);
    assertThat(failures.counts()).containsEntry(NAME, 0L);
  }

  @Test
  void aStackThatIsTooSmallIsAFailureLikeAnyOther() throws IOException, InterruptedException {
    CountDownLatch done = new CountDownLatch(1);
    AtomicInteger turns = new AtomicInteger();
    Runnable action =
        () -> {
          if (turns.incrementAndGet() == 1) {
            throw new StackOverflowError("meant to fail");
          }
          done.countDown();
        };
    try (LocalMember member = LocalMember.inMemory(new MemoryKv(), Settings.DEFAULT);
        Reconciler reconciler = new Reconciler(NAME, member, failures, List.of(), action)) {
      reconciler.start();
      assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(failures.counts()).containsEntry(NAME, 1L);
  }

  @Test
  void whatIsClosedDoesNothingMore() throws IOException, InterruptedException {
    Semaphore done = new Semaphore(0);
    try (LocalMember member = LocalMember.inMemory(new MemoryKv(), Settings.DEFAULT)) {
      Reconciler reconciler =
          new Reconciler(
              NAME,
              member,
              failures,
              List.of(Reconciler.Followed.always(KeyRange.point(Bytes.utf8("watched")))),
              done::release);
      reconciler.start();
      take(done);
      reconciler.close();
      done.drainPermits();
      put(member, "watched");
      reconciler.wake();
    }
    assertThat(done.availablePermits()).isZero();
  }

  private static void take(Semaphore done) throws InterruptedException {
    assertThat(done.tryAcquire(30, TimeUnit.SECONDS)).isTrue();
  }

  private static void awaited(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted", e);
    }
  }

  private static void put(LocalMember member, String key) throws InterruptedException {
    CountDownLatch stored = new CountDownLatch(1);
    member.submit(Command.Put.of(Bytes.utf8(key), Bytes.utf8("v")), _ -> stored.countDown());
    assertThat(stored.await(30, TimeUnit.SECONDS)).isTrue();
  }
}
