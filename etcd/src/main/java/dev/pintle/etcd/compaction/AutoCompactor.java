package dev.pintle.etcd.compaction;

import dev.pintle.kernel.command.Command;
import dev.pintle.kernel.command.Outcome;
import dev.pintle.kernel.command.Outcome.Refused;
import dev.pintle.member.Member;
import dev.pintle.member.clock.Clock;
import java.lang.System.Logger.Level;
import java.util.Optional;

/// A compactor that works by itself. For one thread.
public sealed interface AutoCompactor permits PeriodicCompactor, RevisionCompactor {
  /// Compacts when it is time to; answers in how many nanoseconds to call again at the latest.
  long step();

  /// The compactor that does what `wanted` says, if anything.
  static Optional<AutoCompactor> of(AutoCompaction wanted, Member member, Clock clock) {
    return switch (wanted) {
      case AutoCompaction.Off _ -> Optional.empty();
      case AutoCompaction.Periodic(var retention) ->
          Optional.of(new PeriodicCompactor(member, clock, retention));
      case AutoCompaction.Revisions(var retention) ->
          Optional.of(new RevisionCompactor(member, clock, retention));
    };
  }

  /// Answers whether the store is compacted at `revision` now, by this or by somebody else.
  static boolean compact(Member member, long revision) {
    System.Logger log = System.getLogger(AutoCompactor.class.getName());
    Outcome outcome = member.execute(new Command.Compact(revision));
    boolean done =
        outcome instanceof Outcome.Compacted || outcome instanceof Refused.CompactedRevision;
    if (done) {
      log.log(Level.DEBUG, "compacted revision={0}", Long.toString(revision));
    } else {
      log.log(
          Level.WARNING,
          "auto compaction failed, and is tried again: revision={0} {1}",
          Long.toString(revision),
          outcome);
    }
    return done;
  }
}
