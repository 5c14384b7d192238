package dev.pintle.member;

import java.util.concurrent.atomic.AtomicLong;

/// A count that one thread changes and any thread reads. A change costs as much as that of a field.
public final class GrowingCount {
  private final AtomicLong count = new AtomicLong();

  /// Called by one thread only, or by several that take turns.
  public void add(long more) {
    count.setRelease(count.getPlain() + more);
  }

  public long value() {
    return count.getAcquire();
  }
}
