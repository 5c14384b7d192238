package dev.pintle.kernel.state;

import dev.pintle.kernel.index.Index;
import dev.pintle.kernel.keyspace.OrderedKv;
import dev.pintle.kernel.keyspace.OrderedKv.Bucket;
import dev.pintle.kernel.keyspace.RevisionKey;
import org.jspecify.annotations.Nullable;

/// A walk over the index that forgets, leaf by leaf, what compaction made unreadable, in the index and in storage. Walking
/// again finds nothing more, so after a crash it simply starts over.
final class Compaction {
  private static final byte[] START = new byte[0];

  private long revision = ReadSnapshot.NEVER_COMPACTED;
  private byte @Nullable [] next;

  /// Starts, or starts over: what an unfinished walk at an older revision left, this one finds.
  void begin(long atRevision) {
    revision = atRevision;
    next = START;
  }

  boolean isRunning() {
    return next != null;
  }

  /// Walks on until `dropsMax` records are deleted or `leavesMax` leaves seen; may delete as many more as one leaf holds.
  void step(Index index, OrderedKv.Writer out, int leavesMax, int dropsMax) {
    int[] dropped = {0};
    for (int leaves = 0; leaves < leavesMax && dropped[0] < dropsMax && next != null; leaves++) {
      next =
          index.compactLeaf(
              next,
              revision,
              (main, sub) -> {
                dropped[0]++;
                out.delete(Bucket.REVISIONS, RevisionKey.encode(main, sub));
              });
    }
  }
}
