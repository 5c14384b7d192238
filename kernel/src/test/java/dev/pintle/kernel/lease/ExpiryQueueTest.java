package dev.pintle.kernel.lease;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class ExpiryQueueTest {
  private final ExpiryQueue queue = new ExpiryQueue();

  @Test
  void leasesExpireAtTheirDeadlineInItsOrder() {
    queue.schedule(1, 30);
    queue.schedule(2, 10);
    queue.schedule(3, 20);
    assertThat(expired(9)).isEmpty();
    assertThat(expired(20)).containsExactly(2L, 3L);
    assertThat(queue.nextDeadline()).hasValue(30);
    assertThat(expired(31)).containsExactly(1L);
    assertThat(queue.size()).isZero();
    assertThat(queue.nextDeadline()).isEmpty();
  }

  @Test
  void aRenewedLeaseLivesOn() {
    queue.schedule(1, 10);
    queue.schedule(1, 25);
    assertThat(expired(24)).isEmpty();
    assertThat(queue.deadline(1)).hasValue(25);
    assertThat(expired(25)).containsExactly(1L);
  }

  @Test
  void aShortenedLeaseExpiresEarlierAndOnce() {
    queue.schedule(1, 25);
    queue.schedule(1, 10);
    assertThat(expired(10)).containsExactly(1L);
    assertThat(expired(100)).isEmpty();
  }

  @Test
  void aCancelledLeaseNeverExpires() {
    queue.schedule(1, 10);
    queue.cancel(1);
    assertThat(expired(100)).isEmpty();
    queue.schedule(1, 200);
    assertThat(expired(199)).isEmpty();
    assertThat(expired(200)).containsExactly(1L);
  }

  @Test
  void noMoreExpireAtOnceThanAskedFor() {
    for (long id = 0; id < 10; id++) {
      queue.schedule(id, 5);
    }
    List<Long> first = new ArrayList<>();
    assertThat(queue.expire(5, 3, first::add)).isEqualTo(3);
    assertThat(first).containsExactly(0L, 1L, 2L);
    assertThat(expired(5)).hasSize(7);
  }

  @Test
  void randomTimersExpireAsAPlainMapSays() {
    SplittableRandom random = new SplittableRandom(1);
    TreeMap<Long, Long> plain = new TreeMap<>();
    for (long now = 0; now < 5_000; now++) {
      for (int i = 0; i < 3; i++) {
        long id = random.nextInt(50);
        if (random.nextInt(4) == 0) {
          queue.cancel(id);
          plain.remove(id);
        } else {
          long deadline = now + 1 + random.nextInt(40);
          queue.schedule(id, deadline);
          plain.put(id, deadline);
        }
      }
      long at = now;
      List<Long> due =
          plain.entrySet().stream()
              .filter(timer -> timer.getValue() <= at)
              .map(Map.Entry::getKey)
              .toList();
      assertThat(expired(now)).containsExactlyInAnyOrderElementsOf(due);
      plain.keySet().removeAll(due);
      assertThat(queue.size()).isEqualTo(plain.size());
    }
  }

  private List<Long> expired(long now) {
    List<Long> ids = new ArrayList<>();
    queue.expire(now, Integer.MAX_VALUE, ids::add);
    return ids;
  }
}
