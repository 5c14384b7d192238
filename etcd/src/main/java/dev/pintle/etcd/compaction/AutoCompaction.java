package dev.pintle.etcd.compaction;

import java.time.Duration;

/// The mode of auto-compaction: how much history is kept.
public sealed interface AutoCompaction {
  /// No compaction: all history is kept.
  record Off() implements AutoCompaction {}

  /// The mode `periodic`: what happened in the last `retention` is kept.
  record Periodic(Duration retention) implements AutoCompaction {
    /// Below it the tenth of a retention, which is how often etcd looks, is no time at all; etcd 3.7 divides by zero there.
    public static final Duration RETENTION_MIN = Duration.ofNanos(10);

    public Periodic {
      if (retention.compareTo(RETENTION_MIN) < 0) {
        throw new IllegalArgumentException(
            "retention: %s (expected: at least 10ns)".formatted(retention));
      }
    }
  }

  /// The last `retention` revisions.
  record Revisions(long retention) implements AutoCompaction {
    public Revisions {
      if (retention < 1) {
        throw new IllegalArgumentException(
            "retention: %d (expected: at least 1)".formatted(retention));
      }
    }
  }
}
