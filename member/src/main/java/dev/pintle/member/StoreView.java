package dev.pintle.member;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.auth.AuthImage;
import dev.pintle.kernel.command.Command;
import dev.pintle.kernel.command.Outcome;
import dev.pintle.kernel.command.Outcome.Refused;
import dev.pintle.kernel.keyspace.AnswerSize;
import dev.pintle.kernel.keyspace.KeyRange;
import dev.pintle.kernel.keyspace.KeyValue;
import dev.pintle.kernel.keyspace.RangeRequest;
import dev.pintle.kernel.keyspace.RangeResult;
import dev.pintle.kernel.lease.LeaseImage;
import dev.pintle.kernel.state.WriteVisitor;
import java.util.function.Consumer;
import java.util.function.LongPredicate;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The store at one revision, with its history back to the compacted revision.
public interface StoreView {
  long revision();

  /// The newest compacted revision; reading below it is refused. 0 when nothing was compacted.
  long compactedRevision();

  /// Users, roles and permissions. The view itself checks none: that is for who reads it in somebody's name.
  AuthImage auth();

  /// The leases, and what hangs on each.
  LeaseImage leases();

  /// May read the disk.
  ///
  /// @param room for the answer, as in [dev.pintle.kernel.keyspace.AnswerSize]; without it the read is refused with
  ///     [Refused.NoRoom]
  ReadOutcome range(RangeRequest request, LongPredicate room);

  /// As [#range], for an answer of any size.
  default ReadOutcome range(RangeRequest request) {
    return range(request, AnswerSize.ANY);
  }

  /// As [#range], or null where the answer would need the disk: for threads that must not wait.
  @Nullable ReadOutcome rangeInMemory(RangeRequest request, LongPredicate room);

  default @Nullable ReadOutcome rangeInMemory(RangeRequest request) {
    return rangeInMemory(request, AnswerSize.ANY);
  }

  /// As [#range], but hands the key-values one by one to `visitor`, in the order of the keys, until it answers false,
  /// instead of collecting them; sort orders are not honoured. Answers the count and whether anything was left out.
  ReadOutcome scan(RangeRequest request, Predicate<? super KeyValue> visitor);

  /// Visits the keys of `range` that were written or deleted after `revision`, in order, in time that grows with what changed
  /// and not with the range. Deletions are told only as far back as [#compactedRevision]. Never reads the disk.
  void changedKeys(KeyRange range, long revision, Consumer<? super Bytes> visitor);

  /// Evaluates a transaction that cannot write, at this revision and without the log; may read the disk.
  ///
  /// @param room for the answer, as in [#range]
  /// @return [Outcome.TxnApplied] or a refusal, as if it had come through the log
  Outcome txn(Command.Txn txn, LongPredicate room);

  /// As [#txn], for an answer of any size.
  default Outcome txn(Command.Txn txn) {
    return txn(txn, AnswerSize.ANY);
  }

  /// As [#txn], or null where the answer would need the disk: for threads that must not wait.
  @Nullable Outcome txnInMemory(Command.Txn txn, LongPredicate room);

  /// Visits, in the order in which they were made, the writes up to `revision` that no compaction may take away: all after the
  /// compacted revision, and before it those that a read at `revision` finds. Reads the disk.
  ///
  /// @return why `revision` cannot be read, or null
  @Nullable Refused history(long revision, WriteVisitor visitor);

  sealed interface ReadOutcome {}

  /// An answer.
  ///
  /// @param result the answer; without entries after a [#scan]
  record Found(RangeResult result) implements ReadOutcome {}

  /// A refusal of a read.
  ///
  /// @param reason [Refused.CompactedRevision], [Refused.FutureRevision] or [Refused.NoRoom]
  record NotReadable(Refused reason) implements ReadOutcome {}
}
