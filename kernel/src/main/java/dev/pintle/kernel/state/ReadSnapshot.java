package dev.pintle.kernel.state;

import dev.pintle.kernel.command.Outcome.Refused;
import dev.pintle.kernel.index.IndexImage;
import org.jspecify.annotations.Nullable;

/// The state that a read looks at: the index at a revision, readable back to the compacted one.
///
/// @param compacted [#NEVER_COMPACTED] before the first compaction
record ReadSnapshot(IndexImage index, long revision, long compacted) {
  /// Below every revision that a compaction can name: compacting at 0 is possible, once.
  static final long NEVER_COMPACTED = -1;

  /// The revision to read at when `requested` is asked; 0 or less means the newest.
  long readAt(long requested) {
    return requested <= 0 ? revision : requested;
  }

  /// Why `requested` cannot be read, or null.
  @Nullable Refused refusal(long requested) {
    if (requested > revision) {
      return new Refused.FutureRevision(requested, revision);
    }
    if (readAt(requested) < compacted) {
      return new Refused.CompactedRevision(requested, compacted);
    }
    return null;
  }
}
