package dev.pintle.member.watch;

import dev.pintle.kernel.watch.EventLog;
import java.time.Duration;

/// The limits of watching.
///
/// @param recent how much of the newest history stays in memory for watchers that fall behind
/// @param progressInterval how often an idle watcher that wants to know is told the revision
/// @param batchesWaitingMax published batches that may wait for the hub; with more, applying waits
/// @param catchUpRevisionsMax revisions that a watcher behind is brought on at a time
/// @param historyBytesMax bytes of key-values read from storage at a time
public record WatchConfig(
    EventLog.Limits recent,
    Duration progressInterval,
    int batchesWaitingMax,
    int catchUpRevisionsMax,
    long historyBytesMax) {
  public static final WatchConfig DEFAULT =
      new WatchConfig(
          new EventLog.Limits(16_384, 4L << 20), Duration.ofMinutes(10), 64, 1000, 4L << 20);

  public WatchConfig {
    require("progress-interval-millis", progressInterval.toMillis(), 1);
    require("batches-waiting-max", batchesWaitingMax, 1);
    require("catch-up-revisions-max", catchUpRevisionsMax, 1);
    require("history-bytes-max", historyBytesMax, 1);
  }

  public WatchConfig withHistoryBytesMax(long changed) {
    return new WatchConfig(
        recent, progressInterval, batchesWaitingMax, catchUpRevisionsMax, changed);
  }

  public WatchConfig withProgressInterval(Duration changed) {
    return new WatchConfig(
        recent, changed, batchesWaitingMax, catchUpRevisionsMax, historyBytesMax);
  }

  private static void require(String name, long value, long least) {
    if (value < least) {
      throw new IllegalArgumentException(
          "watch.%s: %d (expected: >= %d)".formatted(name, value, least));
    }
  }
}
