package dev.pintle.kernel.watch;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.keyspace.KeyValue;
import org.jspecify.annotations.Nullable;

/// One key's change at one revision. The same object reaches every watcher, so what is derived from it (an encoding) can
/// be kept by its identity.
///
/// @param current the key as the change left it; for a delete its version, create revision and lease are 0 and its value
///     is empty
/// @param previous the key before the change, null when it was absent or is compacted
public record WatchEvent(Kind kind, KeyValue current, @Nullable KeyValue previous) {
  public enum Kind {
    PUT,
    DELETE
  }

  public Bytes key() {
    return current.key();
  }

  public long revision() {
    return current.modRevision();
  }
}
