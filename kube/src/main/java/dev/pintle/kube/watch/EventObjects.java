package dev.pintle.kube.watch;

import dev.pintle.kernel.keyspace.KeyValue;
import dev.pintle.kernel.watch.WatchEvent;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.store.ObjectReader;
import dev.pintle.kube.store.StoredObject;
import org.jspecify.annotations.Nullable;

/// The objects that events are about, each read once for everybody who watches the resource: so that what selectors ask of an object is
/// looked for once, and not by every watcher.
final class EventObjects {
  private final ObjectReader reader;
  private final EventCache<ResourceType, Change> changes = new EventCache<>();

  EventObjects(ObjectReader reader) {
    this.reader = reader;
  }

  /// The change of an object by an event.
  ///
  /// @param before null when there was none
  /// @param now null when it is gone
  record Change(@Nullable StoredObject before, @Nullable StoredObject now) {}

  Change of(WatchEvent event, ResourceType type) {
    return changes.get(event, type, () -> read(event, type));
  }

  private Change read(WatchEvent event, ResourceType type) {
    KeyValue previous = event.previous();
    boolean gone = event.kind() == WatchEvent.Kind.DELETE;
    return new Change(
        previous == null ? null : reader.read(type, previous),
        gone ? null : reader.read(type, event.current()));
  }
}
