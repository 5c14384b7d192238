package dev.pintle.etcd.watch;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.watch.WatchEvent;
import org.jspecify.annotations.Nullable;

/// The encodings of the events delivered last, by the identity of the event, so that a change watched by thousands is encoded
/// once.
///
/// A direct-mapped table without locks: a slot holds an immutable entry, a race between two threads costs one encoding, and an
/// event whose slot was taken is encoded again.
final class EventMemo {
  private static final int SLOTS = 1024;

  /// Larger encodings are not kept: `SLOTS` of this size bound what the memo holds.
  private static final int KEPT_BYTES_MAX = 16 * 1024;

  private final @Nullable Entry[] plain = new Entry[SLOTS];
  private final @Nullable Entry[] withPrevious = new Entry[SLOTS];

  private static final class Entry {
    private final WatchEvent event;
    private final byte[] encoded;

    Entry(WatchEvent event, byte[] encoded) {
      this.event = event;
      this.encoded = encoded;
    }

    /// By identity: an equal event of another delivery would do as well, but comparing values costs more than it saves.
    @SuppressWarnings("ReferenceEquality")
    boolean isOf(WatchEvent other) {
      return event == other;
    }
  }

  /// The event as a field of the answer; the array is shared, read only.
  byte[] encoded(WatchEvent event, boolean previous) {
    boolean differs = previous && event.previous() != null;
    @Nullable Entry[] table = differs ? withPrevious : plain;
    int slot = slot(event);
    Entry known = table[slot];
    if (known != null && known.isOf(event)) {
      return known.encoded;
    }
    byte[] encoded = EventMessage.encode(event, differs);
    if (encoded.length <= KEPT_BYTES_MAX) {
      table[slot] = new Entry(event, encoded);
    }
    return encoded;
  }

  /// Consecutive revisions take consecutive slots; the key's end tells the changes of one revision apart.
  private static int slot(WatchEvent event) {
    Bytes key = event.key();
    int last = key.isEmpty() ? 0 : key.at(key.size() - 1);
    return (int) (event.revision() + 31L * last) & (SLOTS - 1);
  }
}
