package dev.pintle.kube.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kube.format.ShortKeys;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// How often something may happen, for each of many keys.
final class EventLimitTest {
  private static final int KEYS = 100;

  private long now;
  private final EventLimit limit =
      EventLimit.of(
          new JsonObject()
              .set("type", "SourceAndObject")
              .set("qps", Json.of(1))
              .set("burst", Json.of(2))
              .set("cacheSize", Json.of(KEYS)),
          () -> now);

  @Test
  void everyKeyHasABurstAndThenItsRate() {
    String longKey = "x".repeat(100_000);
    for (String key : new String[] {"a", longKey, longKey + "y"}) {
      assertThat(limit.allows(key)).isTrue();
      assertThat(limit.allows(key)).isTrue();
      assertThat(limit.allows(key)).isFalse();
    }
    now += TimeUnit.SECONDS.toNanos(1);
    assertThat(limit.allows(longKey)).isTrue();
    assertThat(limit.allows(longKey)).isFalse();
  }

  @Test
  void longKeysTakeNoMoreRoomThanShortOnes() {
    for (int i = 0; i < 2 * KEYS; i++) {
      assertThat(limit.allows("x".repeat(100_000) + i)).isTrue();
    }
    assertThat(limit.keyCharacters()).isLessThanOrEqualTo(KEYS * ShortKeys.CHARACTERS_MAX);
  }
}
