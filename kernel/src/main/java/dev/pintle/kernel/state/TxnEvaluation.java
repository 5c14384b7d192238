package dev.pintle.kernel.state;

import dev.pintle.kernel.command.Command.DeleteRange;
import dev.pintle.kernel.command.Command.Operation;
import dev.pintle.kernel.command.Command.Put;
import dev.pintle.kernel.command.Command.Range;
import dev.pintle.kernel.command.Command.Txn;
import dev.pintle.kernel.command.Outcome;
import dev.pintle.kernel.command.Outcome.RangeReply;
import dev.pintle.kernel.command.Outcome.Refused;
import dev.pintle.kernel.command.Outcome.Reply;
import dev.pintle.kernel.command.Outcome.TxnReply;
import dev.pintle.kernel.keyspace.KeyValue;
import dev.pintle.kernel.keyspace.RangeResult;
import dev.pintle.kernel.lease.LeaseImage;
import dev.pintle.kernel.state.RangeEvaluation.Fetch;
import dev.pintle.kernel.state.ReadOutcome.Found;
import dev.pintle.kernel.state.ReadOutcome.Missing;
import dev.pintle.kernel.state.ReadOutcome.NotReadable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/// A transaction in three steps: decide every guard, nested ones too, against the state before the transaction; check that
/// every operation so chosen can be done; do them. Only the last step writes, and it cannot fail.
final class TxnEvaluation {
  /// Stands in an answer that is not given.
  static final RangeReply NOTHING = new RangeReply(new RangeResult(List.of(), 0, false));

  private TxnEvaluation() {}

  /// The operations that the guards chose.
  record Plan(boolean succeeded, List<Step> steps) {}

  sealed interface Step {}

  record Single(Operation operation) implements Step {}

  record Nested(Plan plan) implements Step {}

  interface Executor {
    /// @param operation any but a transaction
    Reply execute(Operation operation);
  }

  static Plan plan(Txn txn, Compares guards) {
    boolean succeeded = guards.allHold(txn.guards());
    List<Operation> chosen = succeeded ? txn.then() : txn.otherwise();
    List<Step> steps = new ArrayList<>(chosen.size());
    for (Operation operation : chosen) {
      steps.add(
          operation instanceof Txn nested
              ? new Nested(plan(nested, guards))
              : new Single(operation));
    }
    return new Plan(succeeded, steps);
  }

  /// The first reason why `plan` cannot be carried out, or null.
  static @Nullable Refused refusal(Plan plan, ReadSnapshot moment, LeaseImage leases) {
    for (Step step : plan.steps()) {
      Refused refused =
          switch (step) {
            case Nested(var nested) -> refusal(nested, moment, leases);
            case Single(var operation) -> refusal(operation, moment, leases);
          };
      if (refused != null) {
        return refused;
      }
    }
    return null;
  }

  static @Nullable Refused refusal(Operation operation, ReadSnapshot moment, LeaseImage leases) {
    return switch (operation) {
      case Put put -> refusal(put, moment, leases);
      case Range range -> refusal(range.request().revision(), moment);
      case DeleteRange _, Txn _ -> null;
    };
  }

  static @Nullable Refused refusal(Put put, ReadSnapshot moment, LeaseImage leases) {
    if (put.leaseId() != 0 && !leases.contains(put.leaseId())) {
      return new Refused.LeaseNotFound(put.leaseId());
    }
    boolean mustExist = put.keepValue() || put.keepLease();
    return mustExist && moment.index().find(put.key().array(), moment.revision()) == null
        ? new Refused.KeyNotFound()
        : null;
  }

  /// Unlike a range alone, one in a transaction takes a negative revision for an old one.
  private static @Nullable Refused refusal(long revision, ReadSnapshot moment) {
    return revision < 0 && revision < moment.compacted()
        ? new Refused.CompactedRevision(revision, moment.compacted())
        : moment.refusal(revision);
  }

  static TxnReply execute(Plan plan, Executor executor) {
    List<Reply> replies = new ArrayList<>(plan.steps().size());
    for (Step step : plan.steps()) {
      replies.add(
          switch (step) {
            case Nested(var nested) -> execute(nested, executor);
            case Single(var operation) -> executor.execute(operation);
          });
    }
    return new TxnReply(plan.succeeded(), replies);
  }

  static TxnReading readOnly(ReadSnapshot moment, Txn txn, Fetch records, LongPredicate room) {
    Fetch strict = (main, sub) -> required(records.read(main, sub), main, sub);
    try {
      Plan plan = plan(txn, new Compares(moment, strict));
      Refused refused = refusal(plan, moment, LeaseImage.EMPTY);
      if (refused != null) {
        return new TxnReading.Done(refused);
      }
      ReadOnly reading = new ReadOnly(moment, strict, room);
      TxnReply reply = execute(plan, reading);
      return new TxnReading.Done(
          reading.lackedRoom
              ? new Refused.NoRoom()
              : new Outcome.TxnApplied(moment.revision(), reply));
    } catch (MissingRecord overtaken) {
      return new TxnReading.Missing();
    }
  }

  private static KeyValue required(@Nullable KeyValue record, long main, int sub) {
    if (record == null) {
      throw new MissingRecord(main, sub);
    }
    return record;
  }

  /// A run of ranges; once one had no room, the others are not read.
  private static final class ReadOnly implements Executor {
    private final ReadSnapshot moment;
    private final Fetch records;
    private final LongPredicate room;
    private boolean lackedRoom;

    ReadOnly(ReadSnapshot moment, Fetch records, LongPredicate room) {
      this.moment = moment;
      this.records = records;
      this.room = room;
    }

    @Override
    public Reply execute(Operation operation) {
      if (lackedRoom) {
        return NOTHING;
      }
      if (operation instanceof Range range) {
        switch (RangeEvaluation.read(moment, range.request(), records, room)) {
          case Found(var result) -> {
            return new RangeReply(result);
          }
          case NotReadable(Refused.NoRoom _) -> {
            lackedRoom = true;
            return NOTHING;
          }
          case NotReadable _, Missing _ -> {}
        }
      }
      throw new IllegalArgumentException(
          "operation: %s (expected: a range, readable)".formatted(operation));
    }
  }
}
