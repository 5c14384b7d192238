package dev.pintle.member.clock;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.locks.ReentrantLock;

/// A time that runs as the machine's does, some time ahead of it, and is moved on when it is told to. Thread-safe.
public final class MovableTime implements ClusterTime {
  /// So far ahead every deadline can still be counted in nanoseconds, those of leases included.
  private static final Duration AHEAD_MAX = Duration.ofDays(36_525);

  private final InstantSource source = this::now;
  private final java.time.Clock hour = source.withZone(ZoneOffset.UTC);
  private final List<Runnable> looks = new CopyOnWriteArrayList<>();

  /// Held by whoever moves it.
  private final ReentrantLock moving = new ReentrantLock();

  private volatile long aheadNanos;

  public MovableTime() {}

  /// One that shows what this one shows, and is moved by itself.
  public MovableTime branch() {
    MovableTime branch = new MovableTime();
    branch.aheadNanos = aheadNanos;
    return branch;
  }

  @Override
  public long nanos() {
    return System.nanoTime() + aheadNanos;
  }

  private Instant now() {
    return Instant.now().plusNanos(aheadNanos);
  }

  @Override
  public java.time.Clock hour() {
    return hour;
  }

  /// How far it is ahead of the machine's.
  public Duration ahead() {
    return Duration.ofNanos(aheadNanos);
  }

  /// Moves it on, and has everybody look who wants to be told.
  ///
  /// @throws IllegalArgumentException when `time` is negative, or leads more than a hundred years ahead
  public void advance(Duration time) {
    moving.lock();
    try {
      if (time.isNegative() || time.compareTo(AHEAD_MAX.minus(ahead())) > 0) {
        throw new IllegalArgumentException(
            "advance: %s (expected: not negative, and at most %d days ahead of the machine)"
                .formatted(time, AHEAD_MAX.toDays()));
      }
      aheadNanos = ahead().plus(time).toNanos();
      looks.forEach(Runnable::run);
    } finally {
      moving.unlock();
    }
  }

  @Override
  public ScheduledExecutorService timers(ScheduledExecutorService ofMachine) {
    return new MovableTimers(this);
  }

  @Override
  public Registration whenMoved(Runnable look) {
    looks.add(look);
    return () -> looks.remove(look);
  }
}
