package dev.pintle.kube.verb;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.keyspace.KeyRange;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.store.ObjectView;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The cache of chunks of collections in the form in which lists are sent. Each stands for what lies between two keys, and is taken
/// only where the store says that nothing between them changed since: a collection in which one object changed is read anew in that
/// object's chunk alone. Bounded by bytes; what was not asked for the longest goes first. For any threads.
final class EncodedChunks {
  private final long bytesMax;
  private final ReentrantLock using = new ReentrantLock();
  // By how recently they were asked for; guarded by `using`, as are the bytes.
  private final Map<Place, Chunk> chunks = new LinkedHashMap<>(64, 0.75f, true);
  private long bytes;

  /// The place of a chunk.
  ///
  /// @param rest of the collection, from where the chunk starts
  private record Place(ResourceType type, KeyRange rest) {}

  /// Some objects that follow one another.
  ///
  /// @param next where the chunk behind it starts; what lies before that is in this one
  /// @param last whether none is behind it
  /// @param revision at which the store held these objects
  @SuppressWarnings("ArrayRecordComponent")
  record Chunk(byte[] encoded, Bytes next, boolean last, long revision) {
    private Chunk seenAt(long newer) {
      return new Chunk(encoded, next, last, newer);
    }
  }

  EncodedChunks(long bytesMax) {
    this.bytesMax = bytesMax;
  }

  /// The first chunk of the rest of a collection, as `view` would show it; null where it has to be read.
  @Nullable Chunk find(ResourceType type, KeyRange rest, ObjectView view) {
    Place place = new Place(type, rest);
    Chunk known = at(place);
    if (known == null || !isSame(place, known, view)) {
      return null;
    }
    if (known.revision() < view.revision()) {
      // What was looked at once is not looked at again.
      replace(place, known, known.seenAt(view.revision()));
    }
    return known;
  }

  /// As [#find], where somebody has looked already at what `view` shows, and nobody else is at it; takes constant time.
  @Nullable Chunk atHand(ResourceType type, KeyRange rest, ObjectView view) {
    if (!using.tryLock()) {
      return null;
    }
    try {
      Chunk known = chunks.get(new Place(type, rest));
      return known != null
              && known.revision() == view.revision()
              && known.revision() >= view.compactedRevision()
          ? known
          : null;
    } finally {
      using.unlock();
    }
  }

  private @Nullable Chunk at(Place place) {
    using.lock();
    try {
      return chunks.get(place);
    } finally {
      using.unlock();
    }
  }

  private static boolean isSame(Place place, Chunk known, ObjectView view) {
    if (known.revision() > view.revision() || known.revision() < view.compactedRevision()) {
      // Of what an older view holds, and of what was deleted before history begins, nothing is
      // known.
      return false;
    }
    KeyRange shown = known.last() ? place.rest() : new KeyRange(place.rest().from(), known.next());
    boolean[] changed = new boolean[1];
    view.changedKeys(shown, known.revision(), _ -> changed[0] = true);
    return !changed[0];
  }

  private void replace(Place place, Chunk known, Chunk newer) {
    using.lock();
    try {
      chunks.replace(place, known, newer);
    } finally {
      using.unlock();
    }
  }

  /// Keeps a chunk for those who ask next. One that would take more than a part of the room is not kept.
  void put(ResourceType type, KeyRange rest, Chunk chunk) {
    if (chunk.encoded().length > bytesMax / 8) {
      return;
    }
    using.lock();
    try {
      Chunk before = chunks.put(new Place(type, rest), chunk);
      bytes += chunk.encoded().length - (before == null ? 0 : before.encoded().length);
      var eldest = chunks.entrySet().iterator();
      while (bytes > bytesMax) {
        bytes -= eldest.next().getValue().encoded().length;
        eldest.remove();
      }
    } finally {
      using.unlock();
    }
  }
}
