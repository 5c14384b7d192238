package dev.pintle.kernel.scenario;

import dev.pintle.kernel.command.Outcome;
import dev.pintle.kernel.command.Outcome.Refused;
import dev.pintle.kernel.command.Outcome.Reply;
import dev.pintle.kernel.keyspace.KeyValue;
import dev.pintle.kernel.keyspace.RangeResult;
import dev.pintle.kernel.state.ReadOutcome;
import dev.pintle.kernel.watch.WatchEvent;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Answers as scenarios show them.
final class Shown {
  private Shown() {}

  static String outcome(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Written(long revision, var reply) -> revision(revision) + reply(reply, "\n");
      case Outcome.Deleted(long revision, var reply) -> revision(revision) + reply(reply, "\n");
      case Outcome.TxnApplied(long revision, var reply) -> revision(revision) + reply(reply, "\n");
      case Outcome.Compacted _ -> "ok";
      case Outcome.LeaseGranted(_, long id, long ttl) -> "lease %d for %d s".formatted(id, ttl);
      case Outcome.LeaseRevoked(long revision) -> revision(revision);
      case Outcome.Noted(_, boolean changed) -> changed ? "noted" : "noted already";
      case Outcome.AuthChanged _ -> "ok";
      case Outcome.Unanswered(long revision) -> revision(revision) + "\nno room for the answer";
      case Refused refused -> refused(refused);
    };
  }

  private static String revision(long revision) {
    return "revision " + revision;
  }

  static String refused(Refused refused) {
    return "refused: "
        + switch (refused) {
          case Refused.CompactedRevision(_, long compacted) ->
              "compacted, oldest kept is " + compacted;
          case Refused.FutureRevision(_, long current) -> "future, newest is " + current;
          case Refused.KeyNotFound() -> "key not found";
          case Refused.LeaseNotFound(long id) -> "no lease " + id;
          case Refused.LeaseExists(long id) -> "lease %d exists".formatted(id);
          case Refused.LeaseTtlTooLarge(_, long most) -> "time to live above %d s".formatted(most);
          case Refused.Unauthorized(var reason) -> "unauthorized, " + reason;
          case Refused.NoRoom() -> "no room for the answer";
          case Refused.TooManyRequests _, Refused.NotTaken _, Refused.TimedOut _ ->
              throw new IllegalArgumentException("kernel: " + refused + " (expected: never)");
        };
  }

  private static String reply(Reply reply, String indent) {
    return switch (reply) {
      case Outcome.PutReply(var previous) ->
          previous == null ? "" : indent + "was " + entry(previous);
      case Outcome.DeleteReply(long deleted, var previous) ->
          indent + "deleted " + deleted + entries(previous, indent + "was ");
      case Outcome.RangeReply(var result) -> indent + range(result, indent + "  ");
      case Outcome.TxnReply(boolean succeeded, var replies) ->
          indent
              + (succeeded ? "then" : "else")
              + replies.stream()
                  .map(each -> shownOr(reply(each, indent + "  "), indent + "  done"))
                  .collect(Collectors.joining());
    };
  }

  private static String shownOr(String shown, String otherwise) {
    return shown.isEmpty() ? otherwise : shown;
  }

  static String read(ReadOutcome outcome) {
    return switch (outcome) {
      case ReadOutcome.Found(var result) -> range(result, "\n");
      case ReadOutcome.NotReadable(var reason) -> refused(reason);
      case ReadOutcome.Missing() -> "missing";
    };
  }

  private static String range(RangeResult result, String indent) {
    return "count %d%s".formatted(result.count(), result.more() ? ", more" : "")
        + entries(result.entries(), indent);
  }

  private static String entries(List<KeyValue> entries, String indent) {
    return entries.stream().map(each -> indent + entry(each)).collect(Collectors.joining());
  }

  static String entry(KeyValue entry) {
    return "%s=%s created %d modified %d version %d%s"
        .formatted(
            entry.key(),
            entry.value(),
            entry.createRevision(),
            entry.modRevision(),
            entry.version(),
            entry.lease() == 0 ? "" : " lease " + entry.lease());
  }

  static String event(WatchEvent event) {
    return switch (event.kind()) {
      case PUT -> "put " + entry(event.current()) + was(event.previous());
      case DELETE ->
          "delete %s at %d%s".formatted(event.key(), event.revision(), was(event.previous()));
    };
  }

  private static String was(@Nullable KeyValue previous) {
    return previous == null ? "" : ", was " + previous.value();
  }
}
