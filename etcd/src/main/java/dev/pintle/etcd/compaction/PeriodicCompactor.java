package dev.pintle.etcd.compaction;

import dev.pintle.member.Member;
import dev.pintle.member.clock.Clock;
import java.time.Duration;
import java.util.ArrayDeque;

/// The compactor that keeps what happened in the last stretch of time.
///
/// It notes the revision ten times per retention, or per hour where the retention is longer. The oldest note is the revision of
/// one retention ago; once that much time has gone by since the start, and then after every retention or hour, it compacts
/// there. After a failure it tries again at the next note.
final class PeriodicCompactor implements AutoCompactor {
  private static final int NOTES_PER_INTERVAL = 10;
  private static final long HOUR_NANOS = Duration.ofHours(1).toNanos();

  private final Member member;
  private final Clock clock;
  private final long retentionNanos;
  private final long intervalNanos;
  private final long noteEveryNanos;
  private final long notesMax;
  private final ArrayDeque<Long> revisions = new ArrayDeque<>();
  private long notedNanos;
  private long succeededNanos;
  private long compacted;
  private boolean began;

  PeriodicCompactor(Member member, Clock clock, Duration retention) {
    this.member = member;
    this.clock = clock;
    this.retentionNanos = retention.toNanos();
    this.intervalNanos = Math.min(retentionNanos, HOUR_NANOS);
    this.noteEveryNanos = intervalNanos / NOTES_PER_INTERVAL;
    this.notesMax = retentionNanos / noteEveryNanos + 1;
    this.succeededNanos = clock.nanos();
    note();
  }

  private void note() {
    revisions.addLast(member.view().revision());
    if (revisions.size() > notesMax) {
      revisions.removeFirst();
    }
    notedNanos = clock.nanos();
  }

  @Override
  public long step() {
    long left = noteEveryNanos - (clock.nanos() - notedNanos);
    if (left > 0) {
      return left;
    }
    compactIfDue(revisions.getFirst());
    note();
    return noteEveryNanos;
  }

  private void compactIfDue(long revision) {
    long wait = began ? intervalNanos : retentionNanos;
    if (clock.nanos() - succeededNanos < wait || revision == compacted) {
      return;
    }
    began = true;
    if (AutoCompactor.compact(member, revision)) {
      compacted = revision;
      succeededNanos = clock.nanos();
    }
  }
}
