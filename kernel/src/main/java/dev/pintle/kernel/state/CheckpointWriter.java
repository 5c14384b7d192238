package dev.pintle.kernel.state;

import dev.pintle.kernel.codec.ByteWriter;
import dev.pintle.kernel.index.IndexImage;
import dev.pintle.kernel.index.IndexImageWriter;

/// The index of one root as a run of pieces, each of a bounded size; the owner frames, checks and stores them. It may be
/// written at leisure on any one thread, since roots never change.
public final class CheckpointWriter {
  private final StateRecord state;
  private final IndexImageWriter entries;
  private boolean headed;

  CheckpointWriter(StateRecord state, IndexImage index) {
    this.state = state;
    this.entries = new IndexImageWriter(index);
  }

  /// The revision of the root; a restart reads only records after it.
  public long revision() {
    return state.revision();
  }

  /// The place in the log of the last command that the root has seen.
  public long appliedIndex() {
    return state.appliedIndex();
  }

  /// Appends the next piece to `out`, of about `bytesMax` bytes; false, and nothing, after the last.
  public boolean writePiece(ByteWriter out, int bytesMax) {
    if (!headed) {
      headed = true;
      state.encode(out);
      return true;
    }
    if (entries.isDone()) {
      return false;
    }
    entries.writePiece(out, bytesMax);
    return true;
  }
}
