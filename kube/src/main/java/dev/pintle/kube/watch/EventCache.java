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

  V get(WatchEvent event, A asked, Supplier<V> make) {
    V known = find(event, asked);
    if (known != null) {
      return known;
    }
    V value = make.get();
    put(event, asked, value);
    return value;
  }

  @SuppressWarnings(
      "ReferenceEquality") // The very event that everybody is given is what the value was made of.
  @Nullable V find(WatchEvent event, A asked) {
    AtomicReferenceArray<@Nullable Made<A, V>> slots = slots(event);
    Made<A, V> known = slots.get(slot(slots, event, asked));
    return known != null && known.event() == event && known.asked().equals(asked)
        ? known.value()
        : null;
  }

  void put(WatchEvent event, A asked, V value) {
    AtomicReferenceArray<@Nullable Made<A, V>> slots = slots(event);
    slots.set(slot(slots, event, asked), new Made<>(event, asked, value));
  }

  private AtomicReferenceArray<@Nullable Made<A, V>> slots(WatchEvent event) {
    return bytes(event) <= SMALL_BYTES_MAX ? small : large;
  }

  private int slot(AtomicReferenceArray<?> slots, WatchEvent event, A asked) {
    return (int) ((event.revision() * 31 + asked.hashCode()) & (slots.length() - 1));
  }

  private static long bytes(WatchEvent event) {
    KeyValue previous = event.previous();
    return event.current().value().size() + (previous == null ? 0L : previous.value().size());
  }
}
