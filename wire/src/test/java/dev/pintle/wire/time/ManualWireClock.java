package dev.pintle.wire.time;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// A clock that stands still until a test moves it, and then rings what has become due.
public final class ManualWireClock implements WireClock {
  /// How long a test waits for a timer to be set; what takes longer has failed.
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final List<Timer> timers = new ArrayList<>();
  private long now;

  private record Timer(long dueNanos, EventLoop loop, Promise<Void> promise, Runnable task) {
    void ring() {
      loop.execute(() -> {
        if (promise.trySuccess(null)) {
          task.run();
        }
      });
    }
  }

  @Override
  public long nanos() {
    lock.lock();
    try {
      return now;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Future<?> schedule(EventLoop loop, Runnable task, long nanos) {
    Timer timer;
    lock.lock();
    try {
      timer = new Timer(now + Math.max(0, nanos), loop, loop.newPromise(), task);
      timers.add(timer);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    if (nanos <= 0) {
      advance(Duration.ZERO);
    }
    return timer.promise;
  }

  /// Moves the time on. What rings does so on its own thread, perhaps after this returns.
  public void advance(Duration time) {
    List<Timer> due = new ArrayList<>();
    lock.lock();
    try {
      now += time.toNanos();
      timers.removeIf(timer -> timer.promise.isDone());
      for (Timer timer : List.copyOf(timers)) {
        if (timer.dueNanos <= now) {
          timers.remove(timer);
          due.add(timer);
        }
      }
    } finally {
      lock.unlock();
    }
    due.forEach(Timer::ring);
  }

  /// Waits until `count` timers are set that ring exactly `time` from now. Those that ring sooner are another limit's, and say nothing
  /// about what a test waits for.
  public void awaitTimers(int count, Duration time) {
    lock.lock();
    try {
      long left = PATIENCE.toNanos();
      while (ringingIn(time) < count) {
        if (left <= 0) {
          throw new AssertionError(
              "%d timers in %s (expected: %d)".formatted(ringingIn(time), time, count));
        }
        left = changed.awaitNanos(Math.min(left, TimeUnit.SECONDS.toNanos(1)));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    } finally {
      lock.unlock();
    }
  }

  private long ringingIn(Duration time) {
    return timers.stream()
        .filter(timer -> !timer.promise.isDone() && timer.dueNanos - now == time.toNanos())
        .count();
  }
}
