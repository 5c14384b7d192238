package dev.pintle.member;

import java.util.concurrent.atomic.AtomicLongArray;

/// The times that something took, each counted: counts by powers of two of a millisecond, as etcd counts them. One
/// thread adds, any thread reads.
public final class LatencyCounts {
  /// Up to 1 ms, 2 ms, 4 ms, … 8.192 s; and one more for what took longer.
  private static final int BOUNDS = 14;

  private static final long FIRST_NANOS = 1_000_000;

  private final AtomicLongArray counts = new AtomicLongArray(BOUNDS + 1);
  private volatile long nanosTotal;

  public void add(long nanos) {
    int bound = bound(nanos);
    counts.setRelease(bound, counts.getPlain(bound) + 1);
    long before = nanosTotal;
    nanosTotal = before + nanos;
  }

  private static int bound(long nanos) {
    int bound = 64 - Long.numberOfLeadingZeros(Math.max(0, nanos - 1) / FIRST_NANOS);
    return Math.min(bound, BOUNDS);
  }

  /// How many bounds there are.
  public static int bounds() {
    return BOUNDS;
  }

  public static long boundNanos(int bound) {
    return FIRST_NANOS << bound;
  }

  /// How many took no longer than [#boundNanos], and longer than the bound before it.
  public long count(int bound) {
    return counts.get(bound);
  }

  /// How many took longer than every bound.
  public long countBeyond() {
    return counts.get(BOUNDS);
  }

  public long nanosTotal() {
    return nanosTotal;
  }
}
