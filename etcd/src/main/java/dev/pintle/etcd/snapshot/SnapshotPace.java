package dev.pintle.etcd.snapshot;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/// The pace of all snapshots together, in bytes a second: each asks how long to wait before it sends more.
public final class SnapshotPace {
  /// No wait.
  public static final SnapshotPace UNLIMITED = new SnapshotPace(0, () -> 0);

  private static final double NANOS_PER_SECOND = 1e9;

  private final long bytesPerSecond;
  private final LongSupplier nanos;

  /// When what was let through is sent, at this pace.
  private final AtomicLong paidUntil;

  /// @param bytesPerSecond 0 for no limit
  /// @param nanos a clock
  public SnapshotPace(long bytesPerSecond, LongSupplier nanos) {
    this.bytesPerSecond = bytesPerSecond;
    this.nanos = nanos;
    this.paidUntil = new AtomicLong(nanos.getAsLong());
  }

  /// Lets `bytes` through; answers how many nanoseconds whoever sends them has to wait afterwards.
  long pause(int bytes) {
    if (bytesPerSecond == 0) {
      return 0;
    }
    long now = nanos.getAsLong();
    long cost = (long) (bytes * NANOS_PER_SECOND / bytesPerSecond);
    long until = paidUntil.updateAndGet(paid -> Math.max(paid - now, 0) + now + cost);
    return until - now;
  }
}
