package dev.pintle.kube.transaction;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.command.Command;
import dev.pintle.kernel.command.Command.Compare;
import dev.pintle.kernel.command.Outcome;
import dev.pintle.kernel.command.Outcome.Refused;
import dev.pintle.kernel.keyspace.KeyRange;
import dev.pintle.kube.status.StatusError;
import dev.pintle.kube.status.StatusErrors;
import dev.pintle.member.Member;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// A transaction over several keys: guards, puts and deletes that take effect together, at one revision, or not at all. Of
/// one thread, which closes it once it is over, committed or given up.
public final class ObjectTransaction implements AutoCloseable {
  private final Map<Bytes, Compare> guards = new LinkedHashMap<>();
  private final Map<Bytes, Command.Operation> writes = new LinkedHashMap<>();
  private final List<Runnable> whenClosed = new ArrayList<>(0);

  /// Requires that nobody wrote the key since it was read.
  ///
  /// @param version the revision of its last write; 0 when it must be absent
  public ObjectTransaction unchanged(Bytes key, long version) {
    guards.put(
        key,
        new Compare(
            KeyRange.point(key), Command.Target.MOD, Command.Relation.EQUAL, version, Bytes.EMPTY));
    return this;
  }

  /// Takes the place of an earlier write of the key.
  public ObjectTransaction put(Bytes key, Bytes value) {
    writes.put(key, Command.Put.of(key, value));
    return this;
  }

  /// Takes the place of an earlier write of the key.
  ///
  /// @param lease with which the key goes, 0 for none
  public ObjectTransaction put(Bytes key, Bytes value, long lease) {
    writes.put(key, new Command.Put(key, value, lease, false, false, false));
    return this;
  }

  /// Takes the place of an earlier write of the key.
  public ObjectTransaction delete(Bytes key) {
    writes.put(key, new Command.DeleteRange(KeyRange.point(key), false));
    return this;
  }

  /// What a put of this transaction will make of the key; null when there is none.
  public @Nullable Bytes pending(Bytes key) {
    return writes.get(key) instanceof Command.Put put ? put.value() : null;
  }

  /// Takes over the guards and writes of another.
  public ObjectTransaction with(ObjectTransaction other) {
    guards.putAll(other.guards);
    writes.putAll(other.writes);
    return this;
  }

  /// Runs `action` when the transaction is over, such as the release of a lock.
  public void onClose(Runnable action) {
    whenClosed.add(action);
  }

  public boolean isEmpty() {
    return writes.isEmpty();
  }

  /// Writes, and waits for it; on a thread that may wait.
  ///
  /// @return the revision of the writes; empty when a guard did not hold, and nothing was written
  /// @throws StatusError when the store takes no writes
  public OptionalLong commit(Member member) {
    List<Compare> compares = new ArrayList<>(guards.values());
    List<Command.Operation> operations = new ArrayList<>(writes.values());
    return switch (member.execute(new Command.Txn(compares, operations, List.of()))) {
      case Outcome.TxnApplied(var revision, var reply) ->
          reply.succeeded() ? OptionalLong.of(revision) : OptionalLong.empty();
      case Refused.TooManyRequests _ ->
          throw StatusErrors.tooManyRequests("Too many requests, please try again later.");
      case Refused.NotTaken not -> throw StatusErrors.unavailable(not.reason());
      case Refused.TimedOut(var reason) -> throw StatusErrors.bare(500, reason);
      case Outcome.Applied other -> throw unexpected(other);
      case Refused.CompactedRevision other -> throw unexpected(other);
      case Refused.FutureRevision other -> throw unexpected(other);
      case Refused.KeyNotFound other -> throw unexpected(other);
      // Whoever revoked it was faster; the next attempt finds another.
      case Refused.LeaseNotFound _ -> OptionalLong.empty();
      case Refused.LeaseExists other -> throw unexpected(other);
      case Refused.LeaseTtlTooLarge other -> throw unexpected(other);
      case Refused.NoRoom other -> throw unexpected(other);
    };
  }

  private static StatusError unexpected(Outcome outcome) {
    return StatusErrors.internal("a transaction was answered by " + outcome);
  }

  @Override
  public void close() {
    whenClosed.forEach(Runnable::run);
    whenClosed.clear();
  }
}
