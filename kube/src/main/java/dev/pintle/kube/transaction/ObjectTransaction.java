package dev.pintle.kube.transaction;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.command.Command;
import dev.pintle.kernel.command.Command.Compare;
import dev.pintle.kernel.command.Outcome;
import dev.pintle.kernel.command.Outcome.Refused;
import dev.pintle.kernel.keyspace.KeyRange;
import dev.pintle.kernel.keyspace.KeyValue;
import dev.pintle.kernel.keyspace.RangeRequest;
import dev.pintle.kube.status.StatusError;
import dev.pintle.kube.status.StatusErrors;
import dev.pintle.kube.store.ObjectView;
import dev.pintle.member.Member;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A transaction over several keys: guards, puts and deletes that take effect together, at one revision, or not at all. Of
/// one thread, which closes it once it is over, committed or given up.
public final class ObjectTransaction implements AutoCloseable {
  private final Map<Bytes, Compare> guards = new LinkedHashMap<>();
  private final Map<Bytes, Command.Operation> writes = new LinkedHashMap<>();
  private final List<Runnable> whenClosed = new ArrayList<>(0);
  private @Nullable Committer committer;
  private @Nullable SharedPart shared;

  /// A writer of transactions that must take turns with others.
  @FunctionalInterface
  public interface Committer {
    /// As [ObjectTransaction#commit]; may call [ObjectTransaction#begin] any number of times, until it has written once.
    OptionalLong commit(ObjectTransaction transaction, Member member);
  }

  /// A part of what is written that many transactions change, and that is therefore made only when all else is known: whoever makes it
  /// keeps others from doing so until it is written.
  @FunctionalInterface
  public interface SharedPart {
    /// Adds to the transaction and has it written; waits for nobody but those who write, and for the store.
    ///
    /// @param write what is left of [ObjectTransaction#commit]
    /// @return what `write` answers; empty without it when the transaction was overtaken
    OptionalLong commit(ObjectTransaction transaction, Supplier<OptionalLong> write);
  }

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

  /// Requires that the key was made at this revision, and is still there; whoever wrote it since.
  public ObjectTransaction createdAt(Bytes key, long revision) {
    guards.put(
        key,
        new Compare(
            KeyRange.point(key),
            Command.Target.CREATE,
            Command.Relation.EQUAL,
            revision,
            Bytes.EMPTY));
    return this;
  }

  /// Requires that the key has this value. Takes the place of an earlier guard of the key.
  public ObjectTransaction holding(Bytes key, Bytes value) {
    guards.put(
        key,
        new Compare(KeyRange.point(key), Command.Target.VALUE, Command.Relation.EQUAL, 0, value));
    return this;
  }

  /// Requires that no key of the range that is there was written after `revision`.
  public ObjectTransaction untouchedSince(KeyRange range, long revision) {
    guards.put(
        range.from(),
        new Compare(range, Command.Target.MOD, Command.Relation.LESS, revision + 1, Bytes.EMPTY));
    return this;
  }

  /// Whether the guards hold that [#unchanged] and [#createdAt] set, those of `except` apart.
  public boolean holds(ObjectView view, Collection<Bytes> except) {
    return guards.entrySet().stream()
        .filter(guard -> !except.contains(guard.getKey()))
        .allMatch(guard -> holds(guard.getValue(), view));
  }

  private static boolean holds(Compare guard, ObjectView view) {
    boolean created = guard.target() == Command.Target.CREATE;
    if ((!created && guard.target() != Command.Target.MOD)
        || guard.relation() != Command.Relation.EQUAL) {
      return false;
    }
    RangeRequest request =
        RangeRequest.of(guard.range()).withContent(RangeRequest.Content.KEYS_ONLY);
    List<KeyValue> found = view.range(request).entries();
    if (found.isEmpty()) {
      return guard.number() == 0;
    }
    KeyValue there = found.getFirst();
    return guard.number() == (created ? there.createRevision() : there.modRevision());
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

  /// Lets `part` have the commit begin and end.
  public void share(SharedPart part) {
    shared = part;
  }

  /// What the commit begins and ends with; null for nothing.
  public @Nullable SharedPart shared() {
    return shared;
  }

  /// Runs `action` when the transaction is over, such as the release of a lock. Nobody who adds to a transaction may hold one that
  /// others wait for: admission, which asks others, is still to come.
  public void onClose(Runnable action) {
    whenClosed.add(action);
  }

  /// Whether there is nothing to be written.
  public boolean isEmpty() {
    return writes.isEmpty() && shared == null;
  }

  /// Leaves the commit to `other`.
  public void commitBy(Committer other) {
    committer = other;
  }

  /// To whom the commit is left; null for nobody.
  public @Nullable Committer committer() {
    return committer;
  }

  /// Writes, and waits for it; on a thread that may wait.
  ///
  /// @return the revision of the writes; empty when a guard did not hold, and nothing was written
  /// @throws StatusError when the store takes no writes
  public OptionalLong commit(Member member) {
    SharedPart part = shared;
    return part == null ? write(member) : part.commit(this, () -> write(member));
  }

  private OptionalLong write(Member member) {
    Committer other = committer;
    return other == null ? revision(member.execute(command())) : other.commit(this, member);
  }

  /// Hands what there is so far to the store.
  ///
  /// @return completed with the outcome, for [#revision], on a thread that must not wait
  public CompletableFuture<Outcome> begin(Member member) {
    CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    member.submit(command(), outcome::complete);
    return outcome;
  }

  private Command command() {
    return new Command.Txn(List.copyOf(guards.values()), List.copyOf(writes.values()), List.of());
  }

  /// What [#commit] answers of an outcome.
  public static OptionalLong revision(Outcome outcome) {
    return switch (outcome) {
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
      case Refused.Unauthorized other -> throw unexpected(other);
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
