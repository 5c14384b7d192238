package dev.pintle.kube.workqueue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class ContentionTest {
  private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);
  private long now = 17;
  private long version = 1;
  private final Contention<String> contention = new Contention<>(() -> now);

  /// How long to wait; 0 when it was written.
  private long write(String key) {
    try {
      long before = contention.require(key, () -> version);
      version++;
      contention.wrote(key, before, version);
      return 0;
    } catch (Restrained restrained) {
      return restrained.nanos();
    }
  }

  private void contradict() {
    version++;
  }

  @Test
  void whoIsContradictedWaitsTwiceAsLongEachTime() {
    assertThat(write("a")).isZero();
    for (long pause : new long[] {100, 200, 400, 800}) {
      contradict();
      assertThat(write("a")).isEqualTo(pause * MILLI);
      now += pause * MILLI - 1;
      assertThat(write("a")).isEqualTo(1);
      now++;
      assertThat(write("a")).isZero();
    }
    assertThat(write("b")).isZero();
  }

  @Test
  void whoIsNotContradictedWritesAsOftenAsItLikes() {
    for (int i = 0; i < 100; i++) {
      assertThat(write("a")).isZero();
    }
    contradict();
    assertThat(write("a")).isEqualTo(100 * MILLI);
  }

  @Test
  void whatContradictsNobodyIsNoReasonToWait() {
    assertThat(write("a")).isZero();
    contradict();
    contention.wrote("a", contention.undisputed("a"), ++version);
    assertThat(write("a")).isZero();
  }

  @Test
  void nobodyWaitsLongerThanFiveMinutes() {
    assertThat(write("a")).isZero();
    for (int i = 0; i < 30; i++) {
      contradict();
      now += write("a");
      assertThat(write("a")).isZero();
    }
    contradict();
    assertThat(write("a")).isEqualTo(TimeUnit.MINUTES.toNanos(5));
  }

  @Test
  void whoIsLeftAloneForLongEnoughBeginsAnew() {
    assertThat(write("a")).isZero();
    contradict();
    now += 400 * MILLI;
    assertThat(write("a")).isZero();
    contradict();
    now += 801 * MILLI;
    assertThat(write("a")).isZero();
    contradict();
    assertThat(write("a")).isEqualTo(100 * MILLI);
  }

  @Test
  void theOldestAreForgotten() {
    assertThat(write("a")).isZero();
    for (int i = 0; i < Contention.KEYS_MAX - 1; i++) {
      assertThat(write("other" + i)).isZero();
    }
    contradict();
    assertThat(write("a")).isPositive();
    assertThat(write("one more")).isZero();
    assertThat(write("a")).isZero();
  }

  @Test
  void whatIsRestrainedDoesNotStandBeforeTheRest() {
    List<Integer> done = new ArrayList<>();
    assertThatThrownBy(() ->
            Restrained.each(
                List.of(5, 0, 3, 0),
                nanos -> {
                  if (nanos > 0) {
                    throw new Restrained(nanos);
                  }
                  done.add(nanos);
                }))
        .isInstanceOfSatisfying(
            Restrained.class, soonest -> assertThat(soonest.nanos()).isEqualTo(3));
    assertThat(done).hasSize(2);
  }
}
