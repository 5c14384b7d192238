package dev.pintle.member.local;

import dev.pintle.member.core.MemberConfig;
import dev.pintle.member.log.LogConfig;
import dev.pintle.member.watch.WatchConfig;
import java.time.Duration;

/// The settings of a member, part by part.
public record Settings(MemberConfig member, LogConfig log, WatchConfig watch) {
  public static final Settings DEFAULT =
      new Settings(MemberConfig.DEFAULT, LogConfig.DEFAULT, WatchConfig.DEFAULT);

  /// Commands that wait take at most this share of the heap: each is there in several forms while it is on its way.
  private static final int WAITING_SHARE = 16;

  /// The part of the heap that one piece of history takes, of which every watcher that does not read may hold one.
  private static final int HISTORY_SHARE = 4096;

  private static final long HISTORY_BYTES_MIN = 64 << 10;

  public Settings withQuotaBytes(long changed) {
    return new Settings(member.withQuotaBytes(changed), log, watch);
  }

  /// The defaults, as far as they fit a heap of `heapBytes`.
  public static Settings ofHeap(long heapBytes) {
    MemberConfig usual = MemberConfig.DEFAULT;
    long waiting = Math.min(usual.waitingBytesMax(), Math.max(1, heapBytes / WAITING_SHARE));
    WatchConfig watch = DEFAULT.watch();
    long history =
        Math.clamp(heapBytes / HISTORY_SHARE, HISTORY_BYTES_MIN, watch.historyBytesMax());
    return new Settings(
        usual.withWaitingBytesMax(waiting), DEFAULT.log(), watch.withHistoryBytesMax(history));
  }

  /// With another pace of telling idle watchers the revision.
  public Settings withWatchProgress(Duration interval) {
    return new Settings(member, log, watch.withProgressInterval(interval));
  }
}
