package dev.pintle.kernel.state;

import dev.pintle.kernel.command.Outcome.Refused;
import dev.pintle.kernel.keyspace.RangeResult;

/// The result of a read.
public sealed interface ReadOutcome {

  /// An answer.
  ///
  /// @param result the answer; without entries after a scan
  record Found(RangeResult result) implements ReadOutcome {}

  /// A refusal of a read.
  ///
  /// @param reason [Refused.CompactedRevision], [Refused.FutureRevision] or [Refused.NoRoom]
  record NotReadable(Refused reason) implements ReadOutcome {}

  /// A record that the answer needs was not there: when reading in memory it is on disk only; otherwise compaction has
  /// overtaken this root and took the record away, so that the caller must ask again at the newest root.
  record Missing() implements ReadOutcome {}
}
