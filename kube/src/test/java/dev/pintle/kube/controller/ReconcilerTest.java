package dev.pintle.kube.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kube.metrics.ControllerFailures;
import dev.pintle.member.local.LocalMember;
import dev.pintle.member.local.Settings;
import dev.pintle.storage.memory.MemoryKv;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
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
}
