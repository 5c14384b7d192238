package dev.pintle.kube.chain;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/// The requests that have to be over at some time, the next one first. There is one timer for all of them, as most are over long before:
/// it looks at the time of the one that was next when it was set.
///
/// Thread-safe. A request takes one of a few locks twice, for the time of a search among those that are under way.
final class DeadlineQueue {
  private static final int LINES = 8;
  private static final long NEVER = Long.MAX_VALUE;
  private static final Comparator<Deadline> ORDER =
      Comparator.comparingLong(Deadline::atNanos).thenComparingLong(Deadline::number);

  private final LongSupplier monotonic;
  private final ScheduledExecutorService timers;
  private final long base;
  private final List<Line> lines = new ArrayList<>();
  private final AtomicLong numbers = new AtomicLong();

  /// When one looks next.
  private final AtomicLong lookNanos = new AtomicLong(NEVER);

  /// A part of the requests, so that they do not all wait for one lock.
  private static final class Line {
    final ReentrantLock lock = new ReentrantLock();

    /// Guarded by `lock`.
    final TreeSet<Deadline> waiting = new TreeSet<>(ORDER);
  }

  /// The time at which a request has to be over.
  ///
  /// @param number tells those apart that come at the same time
  /// @param late to be run then
  record Deadline(long atNanos, long number, Runnable late) {}

  /// @param monotonic nanoseconds that never go back
  /// @param timers run what is late: it must not take time
  DeadlineQueue(LongSupplier monotonic, ScheduledExecutorService timers) {
    this.monotonic = monotonic;
    this.timers = timers;
    this.base = monotonic.getAsLong();
    for (int i = 0; i < LINES; i++) {
      lines.add(new Line());
    }
  }

  /// @param late is run once `nanos` have gone by, unless the deadline is removed before
  Deadline add(long nanos, Runnable late) {
    Deadline added = new Deadline(now() + nanos, numbers.incrementAndGet(), late);
    Line line = line(added);
    line.lock.lock();
    try {
      line.waiting.add(added);
    } finally {
      line.lock.unlock();
    }
    lookAt(added.atNanos());
    return added;
  }

  void remove(Deadline over) {
    Line line = line(over);
    line.lock.lock();
    try {
      line.waiting.remove(over);
    } finally {
      line.lock.unlock();
    }
  }

  private Line line(Deadline deadline) {
    return lines.get((int) (deadline.number() % LINES));
  }

  private long now() {
    return monotonic.getAsLong() - base;
  }

  private void lookAt(long atNanos) {
    long planned = lookNanos.get();
    while (atNanos < planned) {
      if (lookNanos.compareAndSet(planned, atNanos)) {
        schedule(Math.max(0, atNanos - now()));
        return;
      }
      planned = lookNanos.get();
    }
  }

  private void schedule(long inNanos) {
    try {
      var _ = timers.schedule(this::look, inNanos, TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException _) {
      // The server is stopping: connections are closed, and with them whatever is under way.
    }
  }

  private void look() {
    lookNanos.set(NEVER);
    List<Deadline> late = new ArrayList<>();
    long next = NEVER;
    for (Line line : lines) {
      next = Math.min(next, takeLate(line, late));
    }
    if (next != NEVER) {
      lookAt(next);
    }
    late.forEach(each -> each.late().run());
  }

  /// @return when the next one of the line is late
  private long takeLate(Line line, List<Deadline> late) {
    long now = now();
    line.lock.lock();
    try {
      while (!line.waiting.isEmpty() && line.waiting.getFirst().atNanos() <= now) {
        late.add(line.waiting.removeFirst());
      }
      return line.waiting.isEmpty() ? NEVER : line.waiting.getFirst().atNanos();
    } finally {
      line.lock.unlock();
    }
  }
}
