package dev.pintle.kube.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CallDeadlineTest {
  private final ScheduledThreadPoolExecutor timers = new ScheduledThreadPoolExecutor(1);

  @AfterEach
  void end() {
    timers.shutdownNow();
  }

  /// The limit of a connect may end a moment before the alarm does.
  @Test
  void aDeadlineHasPassedOnceItsTimeIsOverThoughNoAlarmWentOff() {
    timers.shutdown();
    timers.setRejectedExecutionHandler((_, _) -> {});
    try (CallDeadline over = new CallDeadline(timers, 0);
        CallDeadline far = new CallDeadline(timers, Duration.ofHours(1).toNanos())) {
      assertThat(over.hasPassed()).isTrue();
      assertThat(far.hasPassed()).isFalse();
    }
  }

  @Test
  void aCallThatIsEndedWaitsForNoSocketAnyMore() throws Exception {
    try (CallDeadline deadline = new CallDeadline(timers, Duration.ofHours(1).toNanos());
        Socket first = new Socket();
        Socket second = new Socket()) {
      deadline.watch(first);
      deadline.pass();
      assertThat(first.isClosed()).isTrue();
      assertThat(deadline.hasPassed()).isTrue();
      assertThatThrownBy(() -> deadline.watch(second))
          .isInstanceOf(OutboundException.class)
          .hasMessage("context deadline exceeded");
      assertThat(second.isClosed()).isTrue();
    }
  }
}
