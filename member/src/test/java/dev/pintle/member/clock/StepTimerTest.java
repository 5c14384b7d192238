package dev.pintle.member.clock;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class StepTimerTest {
  private static final long FOR_EVER = Long.MAX_VALUE;

  @Test
  void theNextStepIsTakenWhenTheLastOneSaidAndAnEndIsTheEnd() throws InterruptedException {
    CountDownLatch steps = new CountDownLatch(3);
    AtomicInteger taken = new AtomicInteger();
    try (StepTimer _ =
        StepTimer.start(
            "steps",
            () -> {
              steps.countDown();
              return taken.incrementAndGet() < 3 ? 1 : FOR_EVER;
            })) {
      assertThat(steps.await(20, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(taken).hasValue(3);
  }

  @Test
  void aStepThatFailsIsNotTheLast() throws InterruptedException {
    CountDownLatch second = new CountDownLatch(1);
    AtomicInteger taken = new AtomicInteger();
    try (StepTimer _ =
        StepTimer.start(
            "failing",
            () -> {
              if (taken.incrementAndGet() == 1) {
                throw new IllegalStateException("on purpose");
              }
              second.countDown();
              return FOR_EVER;
            })) {
      assertThat(second.await(20, TimeUnit.SECONDS)).isTrue();
    }
  }
}
