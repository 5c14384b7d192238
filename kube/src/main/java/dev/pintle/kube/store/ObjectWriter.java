package dev.pintle.kube.store;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.command.Command;
import dev.pintle.kernel.command.Command.Compare;
import dev.pintle.kernel.command.Outcome;
import dev.pintle.kernel.command.Outcome.Refused;
import dev.pintle.kernel.keyspace.KeyRange;
import dev.pintle.kube.status.Status;
import dev.pintle.kube.status.StatusErrors;
import dev.pintle.member.Member;
import java.util.List;
import java.util.function.Consumer;

/// Writes objects, each on the condition that nobody wrote it since it was read.
public final class ObjectWriter {
  private final Member member;

  public ObjectWriter(Member member) {
    this.member = member;
  }

  /// The result of a write.
  public sealed interface Written {
    record Done(long revision) implements Written {}

    /// Somebody wrote the key in between.
    record Overtaken() implements Written {}

    record NotWritten(Status status) implements Written {}
  }

  /// @param expected the revision the key must have; 0 when it must be absent
  /// @param done runs once, on a thread that must not wait
  public void put(Bytes key, long expected, Bytes value, Consumer<? super Written> done) {
    submit(key, expected, Command.Put.of(key, value), done);
  }

  public void delete(Bytes key, long expected, Consumer<? super Written> done) {
    submit(key, expected, new Command.DeleteRange(KeyRange.point(key), false), done);
  }

  private void submit(
      Bytes key, long expected, Command.Operation operation, Consumer<? super Written> done) {
    Compare unchanged =
        new Compare(
            KeyRange.point(key), Command.Target.MOD, Command.Relation.EQUAL, expected, Bytes.EMPTY);
    member.submit(
        new Command.Txn(List.of(unchanged), List.of(operation), List.of()),
        outcome -> done.accept(written(outcome)));
  }

  private static Written written(Outcome outcome) {
    return switch (outcome) {
      case Outcome.TxnApplied(var revision, var reply) ->
          reply.succeeded() ? new Written.Done(revision) : new Written.Overtaken();
      case Refused.TooManyRequests _ ->
          new Written.NotWritten(
              StatusErrors.tooManyRequests("Too many requests, please try again later.").status());
      case Refused.Stopped(var reason) ->
          new Written.NotWritten(StatusErrors.unavailable(reason).status());
      case Outcome.Written _,
          Outcome.Deleted _,
          Outcome.Compacted _,
          Outcome.LeaseGranted _,
          Outcome.LeaseRevoked _,
          Outcome.Unanswered _,
          Refused.CompactedRevision _,
          Refused.FutureRevision _,
          Refused.KeyNotFound _,
          Refused.LeaseNotFound _,
          Refused.LeaseExists _,
          Refused.LeaseTtlTooLarge _,
          Refused.NoRoom _ ->
          new Written.NotWritten(
              StatusErrors.internal("a transaction was answered by " + outcome).status());
    };
  }
}
