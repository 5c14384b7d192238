package dev.pintle.kube.watch;

import dev.pintle.kernel.keyspace.KeyValue;
import dev.pintle.kernel.watch.WatchEvent;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The cache of what was made of the newest events, each once for everybody who asks in the same way. A lost race or a
/// collision costs one more making, nothing else. Large events have few places of their own, so that what is kept stays
/// bounded whatever clients write.
///
/// @param <A> what is asked for of an event
final class EventCache<A, V> {
  private static final int SMALL_BYTES_MAX = 16 << 10;
  private static final int SMALL_SLOTS = 4_096;
  private static final int LARGE_SLOTS = 16;

  private final AtomicReferenceArray<@Nullable Made<A, V>> small =
      new AtomicReferenceArray<>(SMALL_SLOTS);
  private final AtomicReferenceArray<@Nullable Made<A, V>> large =
      new AtomicReferenceArray<>(LARGE_SLOTS);

  private record Made<A, V>(WatchEvent event, A asked, V value) {}

  @SuppressWarnings(
      "ReferenceEquality") // The very event that everybody is given is what the value was made of.
  V get(WatchEvent event, A asked, Supplier<V> make) {
    AtomicReferenceArray<@Nullable Made<A, V>> slots =
        bytes(event) <= SMALL_BYTES_MAX ? small : large;
    int slot = (int) ((event.revision() * 31 + asked.hashCode()) & (slots.length() - 1));
    Made<A, V> known = slots.get(slot);
    if (known != null && known.event() == event && known.asked().equals(asked)) {
      return known.value();
    }
    V value = make.get();
    slots.set(slot, new Made<>(event, asked, value));
    return value;
  }

  private static long bytes(WatchEvent event) {
    KeyValue previous = event.previous();
    return event.current().value().size() + (previous == null ? 0L : previous.value().size());
  }
}
