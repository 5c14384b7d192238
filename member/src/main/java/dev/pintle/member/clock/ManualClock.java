package dev.pintle.member.clock;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/// A clock for tests and simulations.
public final class ManualClock implements Clock {
  private final AtomicLong nanos = new AtomicLong();

  @Override
  public long nanos() {
    return nanos.get();
  }

  public void advance(Duration time) {
    nanos.addAndGet(time.toNanos());
  }
}
