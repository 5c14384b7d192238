package dev.pintle.kube.workqueue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class ContentionTest {
  private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);
  private long now = 17;
  private final Contention<String> contention = new Contention<>(() -> now);

  @Test
  void whoIsContradictedWaitsTwiceAsLongEachTime() {
    for (long pause : new long[] {100, 200, 400, 800}) {
      assertThat(contention.pauseNanos("a")).isZero();
      assertThat(contention.pauseNanos("a")).isEqualTo(pause * MILLI);
      now += pause * MILLI - 1;
      assertThat(contention.pauseNanos("a")).isEqualTo(1);
      now++;
    }
    assertThat(contention.pauseNanos("b")).isZero();
  }

  @Test
  void nobodyWaitsLongerThanFiveMinutes() {
    for (int i = 0; i < 30; i++) {
      assertThat(contention.pauseNanos("a")).isZero();
      now += contention.pauseNanos("a");
    }
    assertThat(contention.pauseNanos("a")).isZero();
    assertThat(contention.pauseNanos("a")).isEqualTo(TimeUnit.MINUTES.toNanos(5));
  }

  @Test
  void whoIsLeftAloneForLongEnoughBeginsAnew() {
    assertThat(contention.pauseNanos("a")).isZero();
    now += 400 * MILLI;
    assertThat(contention.pauseNanos("a")).isZero();
    now += 801 * MILLI;
    assertThat(contention.pauseNanos("a")).isZero();
    assertThat(contention.pauseNanos("a")).isEqualTo(100 * MILLI);
  }
}
