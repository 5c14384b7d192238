package dev.pintle.kernel.state;

import dev.pintle.kernel.codec.ByteReader;
import dev.pintle.kernel.index.Index;
import dev.pintle.kernel.index.IndexImage;
import dev.pintle.kernel.index.IndexImageReader;
import org.jspecify.annotations.Nullable;

/// The reader of the pieces that a [CheckpointWriter] wrote, all of them and in order, for [Keyspace#open].
public final class CheckpointReader {
  private final IndexImageReader entries = new IndexImageReader();
  private @Nullable StateRecord state;

  /// Null where the index is read.
  private @Nullable IndexImage shared;

  /// What a reader of all pieces of `root` knows, without the way through bytes: the index shares with the root what does not change.
  public static CheckpointReader of(KeyspaceRoot root) {
    CheckpointReader known = new CheckpointReader();
    known.state = root.state();
    known.shared = root.index();
    return known;
  }

  /// Reads one piece, to the end of `in`.
  ///
  /// @throws dev.pintle.kernel.codec.MalformedBytes when it is not one
  public void readPiece(ByteReader in) {
    if (state == null) {
      state = StateRecord.decode(in);
    } else {
      entries.readPiece(in);
    }
  }

  private StateRecord state() {
    StateRecord known = state;
    if (known == null) {
      throw new IllegalStateException("checkpoint: empty (expected: its first piece)");
    }
    return known;
  }

  public long revision() {
    return state().revision();
  }

  public long appliedIndex() {
    return state().appliedIndex();
  }

  /// Whether the records after the checkpoint tell all that happened since: the store must not be older than it, and
  /// compaction must not have reached beyond it, for then it may have taken away deletes that the checkpoint has not seen.
  boolean fits(WorkingState stored) {
    return revision() <= stored.revision && stored.compacted <= revision() + 1;
  }

  Index index() {
    IndexImage known = shared;
    return known == null ? entries.finish() : Index.of(known);
  }
}
