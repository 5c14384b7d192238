package dev.pintle.kube.compaction;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.command.Command;
import dev.pintle.kernel.command.Outcome;
import dev.pintle.kernel.keyspace.KeyRange;
import dev.pintle.kernel.keyspace.KeyValue;
import dev.pintle.kernel.keyspace.RangeRequest;
import dev.pintle.member.Member;
import dev.pintle.member.clock.Clock;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;

/// The compactor of an API server: once per interval it compacts the store at the revision of one interval ago. For one thread.
///
/// All API servers of a store, kube-apiservers too, take turns by one key. Its version is the time they agree on: who still
/// knows the newest version writes the key, which makes the next one, and compacts; who comes late learns the version, and does
/// nothing until its next turn. So one of them compacts per interval, and when that one is gone, another takes over within two.
public final class Compactor {
  /// What kube-apiserver's `--etcd-compaction-interval` is when it is not given.
  public static final Duration INTERVAL_USUAL = Duration.ofMinutes(5);

  /// The key of all API servers; its value is the revision that was compacted last.
  static final Bytes KEY = Bytes.utf8("compact_rev_key");

  private static final System.Logger LOG = System.getLogger(Compactor.class.getName());

  private final Member member;
  private final Clock clock;
  private final long intervalNanos;
  private long endedNanos;

  /// The version of the key as it was seen last.
  private long version;

  /// The store's revision at the last turn; 0 before the first, which compacts nothing.
  private long revision;

  /// @param interval more than zero
  public Compactor(Member member, Clock clock, Duration interval) {
    if (!interval.isPositive()) {
      throw new IllegalArgumentException("interval: %s (expected: > 0)".formatted(interval));
    }
    this.member = member;
    this.clock = clock;
    this.intervalNanos = interval.toNanos();
    this.endedNanos = clock.nanos();
  }

  /// Takes a turn when it is time to; answers in how many nanoseconds to call again at the latest.
  public long step() {
    long left = intervalNanos - (clock.nanos() - endedNanos);
    if (left > 0) {
      return left;
    }
    takeTurn();
    endedNanos = clock.nanos();
    return intervalNanos;
  }

  private void takeTurn() {
    switch (member.execute(turn())) {
      case Outcome.TxnApplied(long now, Outcome.TxnReply(boolean mine, var replies)) -> {
        long before = revision;
        revision = now;
        if (!mine) {
          version = versionIn(replies);
          return;
        }
        version++;
        if (before != 0) {
          compact(before);
        }
      }
      case Outcome.Applied failed -> warn(failed);
      case Outcome.Refused failed -> warn(failed);
    }
  }

  private Command.Txn turn() {
    KeyRange key = KeyRange.point(KEY);
    Command.Compare newest =
        new Command.Compare(
            key, Command.Target.VERSION, Command.Relation.EQUAL, version, Bytes.EMPTY);
    return new Command.Txn(
        List.of(newest),
        List.of(Command.Put.of(KEY, Bytes.utf8(Long.toString(revision)))),
        List.of(new Command.Range(RangeRequest.of(key))));
  }

  /// 0 when somebody deleted the key: whoever comes next begins anew.
  private static long versionIn(List<Outcome.Reply> replies) {
    if (replies.getFirst() instanceof Outcome.RangeReply(var result)) {
      return result.entries().stream().mapToLong(KeyValue::version).findFirst().orElse(0);
    }
    throw new IllegalStateException("a range was answered by " + replies.getFirst());
  }

  private void compact(long at) {
    Outcome outcome = member.execute(new Command.Compact(at));
    if (outcome instanceof Outcome.Compacted) {
      LOG.log(Level.DEBUG, "compacted revision={0}", Long.toString(at));
    } else {
      warn(outcome);
    }
  }

  private static void warn(Outcome outcome) {
    LOG.log(Level.WARNING, "compaction failed, and is tried again: {0}", outcome);
  }
}
