package dev.pintle.kube.watch;

import dev.pintle.kernel.keyspace.KeyValue;
import dev.pintle.kernel.watch.WatchEvent;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.status.StatusError;
import dev.pintle.kube.store.ObjectReader;
import dev.pintle.kube.store.StoredObject;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The objects that events are about, each read once for everybody who watches the resource: so that what selectors ask of an object is
/// looked for once, and not by every watcher.
final class EventObjects {
  /// For so long nobody tries again what failed: each of many watchers that wait for it would.
  private static final long FAILED_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final ObjectReader reader;
  private final EventCache<Asked, Change> changes = new EventCache<>();
  private final EventCache<Asked, Failed> failures = new EventCache<>();

  /// A question about an event.
  ///
  /// @param before whether the object as it was is wanted too
  private record Asked(ResourceType type, boolean before) {}

  private record Failed(StatusError told, long atNanos) {}

  EventObjects(ObjectReader reader) {
    this.reader = reader;
  }

  /// The change of an object by an event.
  ///
  /// @param before null when there was none, or it is not wanted
  /// @param now null when it is gone
  record Change(@Nullable StoredObject before, @Nullable StoredObject now) {}

  Change of(WatchEvent event, ResourceType type) {
    return of(event, type, true);
  }

  /// Waits for the webhook of a type that has one.
  ///
  /// @param before whether the object as it was is wanted where it is not gone; of types without a webhook it is always there
  /// @throws StatusError 500 where the webhook does not convert the objects
  Change of(WatchEvent event, ResourceType type, boolean before) {
    if (type.storing().webhook() == null) {
      return changes.get(event, new Asked(type, true), () -> read(event, type, true));
    }
    Asked asked = new Asked(type, before || event.kind() == WatchEvent.Kind.DELETE);
    Failed failed = failures.find(event, asked);
    if (failed != null && System.nanoTime() - failed.atNanos() < FAILED_NANOS) {
      throw failed.told();
    }
    try {
      return changes.get(event, asked, () -> read(event, type, asked.before()));
    } catch (StatusError told) {
      failures.put(event, asked, new Failed(told, System.nanoTime()));
      throw told;
    }
  }

  private Change read(WatchEvent event, ResourceType type, boolean before) {
    KeyValue previous = before ? event.previous() : null;
    boolean gone = event.kind() == WatchEvent.Kind.DELETE;
    return new Change(
        previous == null ? null : reader.read(type, previous),
        gone ? null : reader.read(type, event.current()));
  }
}
