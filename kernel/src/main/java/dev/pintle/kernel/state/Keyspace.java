package dev.pintle.kernel.state;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.Invariant;
import dev.pintle.kernel.auth.AuthChange;
import dev.pintle.kernel.auth.AuthRefusal;
import dev.pintle.kernel.auth.AuthRules;
import dev.pintle.kernel.command.Command;
import dev.pintle.kernel.command.Command.ChangeAuth;
import dev.pintle.kernel.command.Command.Checked;
import dev.pintle.kernel.command.Command.Compact;
import dev.pintle.kernel.command.Command.DeleteRange;
import dev.pintle.kernel.command.Command.LeaseGrant;
import dev.pintle.kernel.command.Command.LeaseRevoke;
import dev.pintle.kernel.command.Command.Put;
import dev.pintle.kernel.command.Command.Txn;
import dev.pintle.kernel.command.Outcome;
import dev.pintle.kernel.command.Outcome.DeleteReply;
import dev.pintle.kernel.command.Outcome.PutReply;
import dev.pintle.kernel.command.Outcome.Refused;
import dev.pintle.kernel.command.Outcome.TxnReply;
import dev.pintle.kernel.keyspace.AnswerSize;
import dev.pintle.kernel.keyspace.OrderedKv;
import dev.pintle.kernel.keyspace.RecordReader;
import dev.pintle.kernel.watch.Delta;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/// The store as one thread changes it, batch by batch:
///
/// 1. [#apply] every command of the batch, in log order, writing to one storage batch; [#compactionStep] may go between;
/// 2. [#seal] the batch and commit it;
/// 3. [#publish] what readers see from then on.
///
/// Applying the same commands to the same state gives the same outcomes and the same bytes, everywhere.
public final class Keyspace {
  /// The longest time to live that etcd grants.
  public static final long LEASE_TTL_SECONDS_MAX = 9_000_000_000L;

  /// Leaves of the index that one step looks at, for each record it may drop; most leaves hold nothing to drop.
  private static final int LEAVES_PER_DROP = 1;

  private final WorkingState state;
  private final Compaction compaction = new Compaction();
  private @Nullable BatchRecords batch;
  private KeyspaceRoot root;

  Keyspace(WorkingState state) {
    this.state = state;
    if (state.compacted > 0) {
      compaction.begin(state.compacted);
    }
    this.root = freeze();
  }

  /// The state that `store` holds, which is empty or was written by a keyspace.
  public static Keyspace open(OrderedKv.Reader store) {
    return new Keyspace(Restore.from(store));
  }

  /// As [#open], but takes the index from `checkpoint` and reads only records written after it. A checkpoint that does not
  /// fit `store` is passed over; see [CheckpointReader#fits].
  public static Keyspace open(OrderedKv.Reader store, CheckpointReader checkpoint) {
    return new Keyspace(Restore.from(store, checkpoint));
  }

  /// How far a keyspace has applied the log, as `store` knows; 0 for an empty one.
  public static long appliedIndex(OrderedKv.Reader store) {
    return StateRecord.read(store).map(StateRecord::appliedIndex).orElse(0L);
  }

  /// What readers see.
  public KeyspaceRoot root() {
    return root;
  }

  /// Evaluates `command`, the log's entry `index`.
  ///
  /// @param records finds the records of batches already committed
  /// @param out the storage batch
  /// @param room for the answer; what the command does never depends on it
  /// @return what became of it; a refused command changed nothing but the applied index
  public AppliedCommand apply(
      long index, Command command, RecordReader records, OrderedKv.Writer out, LongPredicate room) {
    Invariant.check(
        index > state.appliedIndex, "log went back: applied %d, got %d", state.appliedIndex, index);
    AppliedCommand applied = evaluate(command, batch(records), out, room);
    state.appliedIndex = index;
    return applied;
  }

  private AppliedCommand evaluate(
      Command command, BatchRecords unpublished, OrderedKv.Writer out, LongPredicate room) {
    return switch (command) {
      case Put put -> put(put, new WriteTxn(state, unpublished, out, room));
      case DeleteRange delete -> delete(delete, new WriteTxn(state, unpublished, out, room));
      case Txn txn -> txn(txn, unpublished, new WriteTxn(state, unpublished, out, room));
      case Compact compact -> new AppliedCommand(compact(compact.revision()), null);
      case LeaseGrant grant -> new AppliedCommand(grant(grant, out), null);
      case LeaseRevoke revoke -> revoke(revoke, new WriteTxn(state, unpublished, out, room), out);
      case Checked(var by, var checked) -> {
        AuthRefusal refusal = CommandPermissions.refusal(state.auth, state.leases, by, checked);
        yield refusal == null
            ? evaluate(checked, unpublished, out, room)
            : new AppliedCommand(new Refused.Unauthorized(refusal), null);
      }
      case ChangeAuth(var change) -> new AppliedCommand(change(change, out), null);
    };
  }

  /// As [#apply], for an answer of any size.
  public AppliedCommand apply(
      long index, Command command, RecordReader records, OrderedKv.Writer out) {
    return apply(index, command, records, out, AnswerSize.ANY);
  }

  private BatchRecords batch(RecordReader records) {
    BatchRecords current = batch;
    if (current == null) {
      current = new BatchRecords(records, state.revision + 1);
      batch = current;
    }
    return current;
  }

  private AppliedCommand put(Put put, WriteTxn draft) {
    Refused refused = TxnEvaluation.refusal(put, state.moment(), state.leases);
    if (refused != null) {
      return new AppliedCommand(refused, null);
    }
    PutReply reply = draft.put(put);
    Delta delta = draft.finish();
    return new AppliedCommand(
        draft.lackedRoom()
            ? new Outcome.Unanswered(state.revision)
            : new Outcome.Written(state.revision, reply),
        delta);
  }

  private AppliedCommand delete(DeleteRange delete, WriteTxn draft) {
    DeleteReply reply = draft.delete(delete.range(), delete.previous());
    Delta delta = draft.finish();
    return new AppliedCommand(
        draft.lackedRoom()
            ? new Outcome.Unanswered(state.revision)
            : new Outcome.Deleted(state.revision, reply),
        delta);
  }

  private AppliedCommand txn(Txn txn, BatchRecords records, WriteTxn draft) {
    ReadSnapshot before = state.moment();
    TxnEvaluation.Plan plan = TxnEvaluation.plan(txn, new Compares(before, records::require));
    Refused refused = TxnEvaluation.refusal(plan, before, state.leases);
    if (refused != null) {
      return new AppliedCommand(refused, null);
    }
    TxnReply reply = TxnEvaluation.execute(plan, draft);
    Delta delta = draft.finish();
    return new AppliedCommand(
        draft.lackedRoom()
            ? new Outcome.Unanswered(state.revision)
            : new Outcome.TxnApplied(state.revision, reply),
        delta);
  }

  private Outcome compact(long revision) {
    if (revision <= state.compacted) {
      return new Refused.CompactedRevision(revision, state.compacted);
    }
    if (revision > state.revision) {
      return new Refused.FutureRevision(revision, state.revision);
    }
    state.compacted = revision;
    compaction.begin(revision);
    return new Outcome.Compacted(state.revision);
  }

  private Outcome grant(LeaseGrant grant, OrderedKv.Writer out) {
    if (grant.ttlSeconds() > LEASE_TTL_SECONDS_MAX) {
      return new Refused.LeaseTtlTooLarge(grant.ttlSeconds(), LEASE_TTL_SECONDS_MAX);
    }
    if (state.leases.contains(grant.id())) {
      return new Refused.LeaseExists(grant.id());
    }
    state.leases = state.leases.grant(grant.id(), grant.ttlSeconds());
    LeaseRecord.write(out, grant.id(), grant.ttlSeconds());
    return new Outcome.LeaseGranted(state.revision, grant.id(), grant.ttlSeconds());
  }

  private Outcome change(AuthChange change, OrderedKv.Writer out) {
    return switch (AuthRules.apply(state.auth, change)) {
      case AuthRules.NotChanged(var reason) -> new Refused.Unauthorized(reason);
      case AuthRules.Changed(var after) -> {
        AuthRecords.write(out, change, state.auth, after);
        state.auth = after;
        yield new Outcome.AuthChanged(state.revision);
      }
    };
  }

  private AppliedCommand revoke(LeaseRevoke revoke, WriteTxn draft, OrderedKv.Writer out) {
    if (!state.leases.contains(revoke.id())) {
      return new AppliedCommand(new Refused.LeaseNotFound(revoke.id()), null);
    }
    for (Bytes key : state.leases.keys(revoke.id())) {
      draft.delete(key, false);
    }
    state.leases = state.leases.revoke(revoke.id());
    LeaseRecord.delete(out, revoke.id());
    Delta delta = draft.finish();
    return new AppliedCommand(new Outcome.LeaseRevoked(state.revision), delta);
  }

  /// Whether compaction still has records to find and delete.
  public boolean isCompacting() {
    return compaction.isRunning();
  }

  /// Does a bounded piece of the compaction that is under way, deleting about `dropsMax` records at most.
  public void compactionStep(int dropsMax, OrderedKv.Writer out) {
    compaction.step(state.index, out, LEAVES_PER_DROP * dropsMax, dropsMax);
  }

  /// Writes to `out` how far the batch came; the last thing before the batch is committed.
  public void seal(OrderedKv.Writer out) {
    new StateRecord(state.appliedIndex, state.revision, state.compacted).write(out);
  }

  /// Shows readers what the batch, now committed, did.
  public KeyspaceRoot publish() {
    batch = null;
    root = freeze();
    return root;
  }

  private KeyspaceRoot freeze() {
    ReadSnapshot moment = new ReadSnapshot(state.index.freeze(), state.revision, state.compacted);
    return new KeyspaceRoot(moment, state.appliedIndex, state.leases, state.auth);
  }
}
