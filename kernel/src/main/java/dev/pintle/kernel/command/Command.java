package dev.pintle.kernel.command;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.auth.AuthChange;
import dev.pintle.kernel.auth.Requester;
import dev.pintle.kernel.keyspace.KeyRange;
import dev.pintle.kernel.keyspace.RangeRequest;
import java.util.List;

/// An entry of the log, which `apply` evaluates. Nothing in it depends on a clock, on chance or on the outside world:
/// what does was decided before the command was made.
public sealed interface Command {

  /// A write of one key.
  ///
  /// @param leaseId the lease to hang the key on, 0 for none
  /// @param keepValue write the value the key has (the key must exist); `value` is then empty
  /// @param keepLease keep the lease the key has (the key must exist); `leaseId` is then 0
  record Put(
      Bytes key, Bytes value, long leaseId, boolean previous, boolean keepValue, boolean keepLease)
      implements Command, Operation {
    public static Put of(Bytes key, Bytes value) {
      return new Put(key, value, 0, false, false, false);
    }
  }

  /// A deletion of the keys of a range.
  ///
  /// @param previous answer the deleted key-values
  record DeleteRange(KeyRange range, boolean previous) implements Command, Operation {}

  /// A transaction: if every guard holds, `then`, otherwise `otherwise`, all at one revision.
  record Txn(List<Compare> guards, List<Operation> then, List<Operation> otherwise)
      implements Command, Operation {
    public Txn {
      guards = List.copyOf(guards);
      then = List.copyOf(then);
      otherwise = List.copyOf(otherwise);
    }
  }

  /// A compaction: what was overwritten or deleted before `revision` is forgotten.
  record Compact(long revision) implements Command {}

  /// The grant of a lease.
  ///
  /// @param id chosen before the log; never 0
  record LeaseGrant(long id, long ttlSeconds) implements Command {}

  /// The revocation of a lease, which deletes its keys at one revision; expiry is this command too.
  record LeaseRevoke(long id) implements Command {}

  /// A note of the time that leases have left, from which the next start goes on.
  record LeaseCheckpoint(List<Remaining> leases) implements Command {
    public LeaseCheckpoint {
      leases = List.copyOf(leases);
    }
  }

  /// The time that a lease has left.
  ///
  /// @param seconds 0 when it begins anew, with all that was granted
  record Remaining(long leaseId, long seconds) {}

  /// A warning that is raised or taken back; see [dev.pintle.kernel.state.StoreAlarm].
  ///
  /// @param byItself whether the store asks for it, and not an operator
  record SetAlarm(long memberId, int kind, boolean raised, boolean byItself) implements Command {}

  /// A note of a downgrade that is prepared.
  ///
  /// @param target the version to go back to; empty to call it off
  record Downgrade(String target) implements Command {}

  /// A change of users, roles or permissions.
  record ChangeAuth(AuthChange change) implements Command {}

  /// A command of somebody whose permissions are looked at again when it is applied: what was withdrawn meanwhile refuses it. A command
  /// that is not wrapped so is the system's own.
  ///
  /// @param command any but another of these
  record Checked(Requester by, Command command) implements Command {
    public Checked {
      if (command instanceof Checked) {
        throw new IllegalArgumentException("checked command: of a checked one (expected: once)");
      }
    }
  }

  /// A part of a transaction.
  sealed interface Operation permits Put, DeleteRange, Txn, Range {}

  /// A read inside a transaction; sees what earlier operations of the same transaction wrote.
  record Range(RangeRequest request) implements Operation {}

  /// A condition of a transaction: every key of `range` must satisfy it; an absent key of a point range has version,
  /// revisions and lease 0, and no value.
  record Compare(KeyRange range, Target target, Relation relation, long number, Bytes value) {}

  enum Target {
    VERSION,
    CREATE,
    MOD,
    VALUE,
    LEASE
  }

  enum Relation {
    EQUAL,
    GREATER,
    LESS,
    NOT_EQUAL
  }
}
