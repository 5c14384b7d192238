package dev.pintle.member.core;

import java.time.Duration;

/// The limits of a member.
///
/// @param waitingCommandsMax commands submitted and not yet answered; the next is refused
/// @param waitingBytesMax bytes of such commands; an eighth of it is for those that are small
/// @param batchCommandsMax commands that share one force of the log
/// @param batchBytesMax bytes of such commands, beyond the first
/// @param valueCacheBytes recent and hot key-values kept in memory
/// @param checkpointLogBytes log written since the last checkpoint that calls for the next
/// @param checkpointIntervalMin least time between two checkpoints, so that a large index is not written all the time
/// @param compactionDropsPerStep records that one step of a compaction deletes, between two batches
/// @param quotaBytes what the store may occupy; 0 or less for any size
public record MemberConfig(
    int waitingCommandsMax,
    long waitingBytesMax,
    int batchCommandsMax,
    long batchBytesMax,
    long valueCacheBytes,
    long checkpointLogBytes,
    Duration checkpointIntervalMin,
    int compactionDropsPerStep,
    long quotaBytes) {
  private static final long MIB = 1L << 20;

  public static final MemberConfig DEFAULT =
      new MemberConfig(
          20_000, 128 * MIB, 4096, 4 * MIB, 32 * MIB, 64 * MIB, Duration.ofSeconds(10), 1000, 0);

  public MemberConfig {
    require("waiting-commands-max", waitingCommandsMax, 1);
    require("waiting-bytes-max", waitingBytesMax, 1);
    require("batch-commands-max", batchCommandsMax, 1);
    require("batch-bytes-max", batchBytesMax, 1);
    require("value-cache-bytes", valueCacheBytes, 0);
    require("checkpoint-log-bytes", checkpointLogBytes, 1);
    require("checkpoint-interval-min", checkpointIntervalMin.toNanos(), 0);
    require("compaction-drops-per-step", compactionDropsPerStep, 1);
  }

  /// As the other, for a store of any size.
  public MemberConfig(
      int waitingCommandsMax,
      long waitingBytesMax,
      int batchCommandsMax,
      long batchBytesMax,
      long valueCacheBytes,
      long checkpointLogBytes,
      Duration checkpointIntervalMin,
      int compactionDropsPerStep) {
    this(
        waitingCommandsMax,
        waitingBytesMax,
        batchCommandsMax,
        batchBytesMax,
        valueCacheBytes,
        checkpointLogBytes,
        checkpointIntervalMin,
        compactionDropsPerStep,
        0);
  }

  public MemberConfig withWaitingBytesMax(long changed) {
    return new MemberConfig(
        waitingCommandsMax,
        changed,
        batchCommandsMax,
        batchBytesMax,
        valueCacheBytes,
        checkpointLogBytes,
        checkpointIntervalMin,
        compactionDropsPerStep,
        quotaBytes);
  }

  public MemberConfig withQuotaBytes(long changed) {
    return new MemberConfig(
        waitingCommandsMax,
        waitingBytesMax,
        batchCommandsMax,
        batchBytesMax,
        valueCacheBytes,
        checkpointLogBytes,
        checkpointIntervalMin,
        compactionDropsPerStep,
        changed);
  }

  private static void require(String name, long value, long least) {
    if (value < least) {
      throw new IllegalArgumentException(
          "member.%s: %d (expected: >= %d)".formatted(name, value, least));
    }
  }
}
