package dev.pintle.member;

import java.util.concurrent.atomic.LongAdder;

/// The counts that a member keeps of itself while it runs.
///
/// @param logAppends until a batch of commands was forced to the disk
/// @param storeCommits until what a batch did was in the store
/// @param unapplied commands that the member could not take: too many were waiting, or it was stopped
/// @param operations what the commands did
public record MemberMetrics(
    LatencyCounts logAppends,
    LatencyCounts storeCommits,
    LongAdder unapplied,
    OperationCounts operations) {
  public MemberMetrics() {
    this(new LatencyCounts(), new LatencyCounts(), new LongAdder(), new OperationCounts());
  }
}
