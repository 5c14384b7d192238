package dev.pintle.kube.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.keyspace.KeyValue;
import dev.pintle.kernel.watch.WatchEvent;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class EventCacheTest {
  private final EventCache<String, String> cache = new EventCache<>();
  private final AtomicInteger made = new AtomicInteger();

  private static WatchEvent event(long revision, int bytes) {
    KeyValue now = new KeyValue(Bytes.utf8("/k"), 1, revision, 1, 0, Bytes.utf8("x".repeat(bytes)));
    return new WatchEvent(WatchEvent.Kind.PUT, now, null);
  }

  private String ask(WatchEvent event, String how) {
    return cache.get(event, how, () -> how + made.incrementAndGet());
  }

  @Test
  void everybodyWhoAsksAlikeGetsTheSameValue() {
    WatchEvent event = event(7, 10);
    assertThat(ask(event, "json")).isEqualTo("json1");
    assertThat(ask(event, new String("json"))).isEqualTo("json1");
    assertThat(ask(event, "yaml")).isEqualTo("yaml2");
  }

  @Test
  void anEqualEventThatIsAnotherOneIsMadeAnew() {
    assertThat(ask(event(7, 10), "json")).isEqualTo("json1");
    assertThat(ask(event(7, 10), "json")).isEqualTo("json2");
  }

  @Test
  void largeEventsAreSharedToo() {
    WatchEvent event = event(7, 100_000);
    assertThat(ask(event, "json")).isEqualTo("json1");
    assertThat(ask(event, "json")).isEqualTo("json1");
  }

  @Test
  void ofManyLargeEventsOnlyAFewAreKept() {
    WatchEvent first = event(7, 100_000);
    ask(first, "json");
    for (int i = 8; i < 8 + 16; i++) {
      ask(event(i, 100_000), "json");
    }
    assertThat(ask(first, "json")).isEqualTo("json18");
  }
}
