package dev.pintle.kernel.command;

import dev.pintle.kernel.auth.AuthRefusal;
import dev.pintle.kernel.keyspace.KeyValue;
import dev.pintle.kernel.keyspace.RangeResult;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The result of a command.
public sealed interface Outcome {

  /// The command took effect; `revision` is the store's revision after it.
  sealed interface Applied extends Outcome {
    long revision();
  }

  record Written(long revision, PutReply reply) implements Applied {}

  record Deleted(long revision, DeleteReply reply) implements Applied {}

  record TxnApplied(long revision, TxnReply reply) implements Applied {}

  record Compacted(long revision) implements Applied {}

  record LeaseGranted(long revision, long id, long ttlSeconds) implements Applied {}

  record LeaseRevoked(long revision) implements Applied {}

  /// The taking of a note about the store; it may have been there already.
  ///
  /// @param changed whether it was not as it is now
  record Noted(long revision, boolean changed) implements Applied {}

  /// A change of users, roles or permissions was made, or there was nothing to change.
  record AuthChanged(long revision) implements Applied {}

  /// The command took effect, but the key-values it was to answer had no room and were not collected.
  record Unanswered(long revision) implements Applied {}

  /// The answer of one operation, inside a transaction and alone.
  sealed interface Reply {}

  record PutReply(@Nullable KeyValue previous) implements Reply {}

  record DeleteReply(long deleted, List<KeyValue> previous) implements Reply {}

  record RangeReply(RangeResult result) implements Reply {}

  record TxnReply(boolean succeeded, List<Reply> replies) implements Reply {}

  /// The command changed nothing; each case says why, as a value.
  sealed interface Refused extends Outcome {
    /// A read below what compaction kept.
    record CompactedRevision(long requested, long compacted) implements Refused {}

    record FutureRevision(long requested, long current) implements Refused {}

    /// The refusal of `keepValue` or `keepLease` on a key that does not exist.
    record KeyNotFound() implements Refused {}

    record LeaseNotFound(long id) implements Refused {}

    record LeaseExists(long id) implements Refused {}

    record LeaseTtlTooLarge(long ttlSeconds, long ttlSecondsMax) implements Refused {}

    /// A command that whoever asked may not give, or a change of users and roles that is against its rules.
    record Unauthorized(AuthRefusal reason) implements Refused {}

    /// The member has more commands waiting than it allows.
    record TooManyRequests(long waiting, long waitingMax) implements Refused {}

    /// The answer has no room where it is to be collected; see [dev.pintle.kernel.keyspace.AnswerSize].
    record NoRoom() implements Refused {}

    /// The command was on its way when the member failed: it may have taken effect, may do so later, or never.
    record TimedOut(String reason) implements Refused {}

    /// The member takes no commands, for good or for now; the command was not begun.
    sealed interface NotTaken extends Refused permits Stopped, OutOfSpace, QuotaExceeded, Corrupt {
      String reason();
    }

    /// The member is closing or cannot write now.
    record Stopped(String reason) implements NotTaken {}

    /// The disk is full.
    record OutOfSpace(String reason) implements NotTaken {}

    /// The store has the size that it may have, or is said to; what makes it larger is not taken.
    record QuotaExceeded(String reason) implements NotTaken {}

    /// The store is said to be corrupt.
    record Corrupt(String reason) implements NotTaken {}
  }
}
