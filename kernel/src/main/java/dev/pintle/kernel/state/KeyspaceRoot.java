package dev.pintle.kernel.state;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.auth.AuthImage;
import dev.pintle.kernel.command.Command;
import dev.pintle.kernel.command.Outcome.Refused;
import dev.pintle.kernel.index.IndexImage;
import dev.pintle.kernel.keyspace.AnswerSize;
import dev.pintle.kernel.keyspace.KeyRange;
import dev.pintle.kernel.keyspace.KeyValue;
import dev.pintle.kernel.keyspace.OrderedKv;
import dev.pintle.kernel.keyspace.RangeRequest;
import dev.pintle.kernel.keyspace.RecordReader;
import dev.pintle.kernel.lease.LeaseImage;
import java.util.function.Consumer;
import java.util.function.LongPredicate;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The store as one batch left it: immutable, for any thread, readable at every revision back to the compacted one.
public final class KeyspaceRoot {
  private final ReadSnapshot moment;
  private final long appliedIndex;
  private final LeaseImage leases;
  private final AuthImage auth;
  private final StoreNotes notes;

  KeyspaceRoot(
      ReadSnapshot moment, long appliedIndex, LeaseImage leases, AuthImage auth, StoreNotes notes) {
    this.moment = moment;
    this.appliedIndex = appliedIndex;
    this.leases = leases;
    this.auth = auth;
    this.notes = notes;
  }

  public long revision() {
    return moment.revision();
  }

  /// The newest compacted revision; reading below it is refused. 0 when nothing was compacted.
  public long compactedRevision() {
    return Math.max(0, moment.compacted());
  }

  /// The place in the log of the last command applied.
  public long appliedIndex() {
    return appliedIndex;
  }

  public LeaseImage leases() {
    return leases;
  }

  public StoreNotes notes() {
    return notes;
  }

  /// Users, roles and permissions.
  public AuthImage auth() {
    return auth;
  }

  /// Writes the index of this root, from which a restart goes on.
  public CheckpointWriter checkpoint() {
    return new CheckpointWriter(state(), moment.index());
  }

  StateRecord state() {
    return new StateRecord(appliedIndex, moment.revision(), moment.compacted());
  }

  IndexImage index() {
    return moment.index();
  }

  /// How many keys are alive.
  public long size() {
    return moment.index().size();
  }

  /// May wait for `records`.
  ///
  /// @param room for the answer; see [AnswerSize]
  public ReadOutcome range(RangeRequest request, RecordReader records, LongPredicate room) {
    return RangeEvaluation.read(moment, request, records::read, room);
  }

  public ReadOutcome range(RangeRequest request, RecordReader records) {
    return range(request, records, AnswerSize.ANY);
  }

  /// As [#range] with [RecordReader#peek] only; answers [ReadOutcome.Missing] when that is not enough.
  public ReadOutcome rangeInMemory(RangeRequest request, RecordReader records, LongPredicate room) {
    return RangeEvaluation.read(moment, request, records::peek, room);
  }

  /// As [#range], but hands the key-values one by one to `visitor`, in the order of the keys, until it answers false; sorts
  /// are not honoured. Answers the count, and whether anything was left out.
  public ReadOutcome scan(
      RangeRequest request, RecordReader records, Predicate<? super KeyValue> visitor) {
    return RangeEvaluation.scan(moment, request, records::read, visitor);
  }

  /// Visits the keys of `range` that were written or deleted after `revision`, in order; deletions only as far back as the
  /// compacted revision.
  public void changedKeys(KeyRange range, long revision, Consumer<? super Bytes> visitor) {
    moment.index().visitNewer(range, revision, key -> visitor.accept(Bytes.wrap(key)));
  }

  /// Visits, in the order in which they were made, the writes up to `revision` that no compaction may take away: all after the
  /// compacted revision, and before it those that a read at `revision` finds.
  ///
  /// @param store a moment that holds at least what this root points to
  /// @return why `revision` cannot be read, or null
  public @Nullable Refused history(long revision, OrderedKv.Reader store, WriteVisitor visitor) {
    Refused refused = moment.refusal(revision);
    if (refused == null) {
      RetainedHistory.visit(moment, moment.readAt(revision), store, visitor);
    }
    return refused;
  }

  /// Evaluates a transaction that only reads (see [TxnRules#isReadOnly]), without the log.
  ///
  /// @param room for the answer; see [AnswerSize]
  public TxnReading read(Command.Txn txn, RecordReader records, LongPredicate room) {
    return TxnEvaluation.readOnly(moment, txn, records::read, room);
  }

  /// As [#read] with [RecordReader#peek] only; answers [TxnReading.Missing] when that is not enough.
  public TxnReading readInMemory(Command.Txn txn, RecordReader records, LongPredicate room) {
    return TxnEvaluation.readOnly(moment, txn, records::peek, room);
  }
}
