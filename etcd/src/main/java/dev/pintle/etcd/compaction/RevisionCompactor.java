package dev.pintle.etcd.compaction;

import dev.pintle.member.Member;
import dev.pintle.member.clock.Clock;
import java.time.Duration;

/// The compactor that keeps a number of revisions. It looks every five minutes, after a failure too.
final class RevisionCompactor implements AutoCompactor {
  private static final long INTERVAL_NANOS = Duration.ofMinutes(5).toNanos();

  private final Member member;
  private final Clock clock;
  private final long retention;
  private long lookedNanos;
  private long compacted;

  RevisionCompactor(Member member, Clock clock, long retention) {
    this.member = member;
    this.clock = clock;
    this.retention = retention;
    this.lookedNanos = clock.nanos();
  }

  @Override
  public long step() {
    long left = INTERVAL_NANOS - (clock.nanos() - lookedNanos);
    if (left > 0) {
      return left;
    }
    long revision = member.view().revision() - retention;
    if (revision > 0 && revision != compacted && AutoCompactor.compact(member, revision)) {
      compacted = revision;
    }
    lookedNanos = clock.nanos();
    return INTERVAL_NANOS;
  }
}
