package dev.pintle.kube.chain;

import dev.pintle.kube.chain.DeadlineHeap.Deadline;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/// The requests that have to be over at some time, the next one first. There is one timer for all of them, as most are over long before:
/// it looks at the time of the one that was next when it was set.
///
/// Thread-safe. A request takes one of a few locks twice, for the time of a search among those that are under way.
final class DeadlineQueue {
  /// Parts of the requests, so that they do not all wait for one lock; a power of two.
  private static final int PARTS = 8;

  private static final long NEVER = Long.MAX_VALUE;

  private final LongSupplier monotonic;
  private final ScheduledExecutorService timers;
  private final long base;
  private final List<DeadlineHeap> parts = new ArrayList<>();

  /// When one looks next.
  private final AtomicLong lookNanos = new AtomicLong(NEVER);

  /// @param monotonic nanoseconds that never go back
  /// @param timers run what is late: it must not take time
  DeadlineQueue(LongSupplier monotonic, ScheduledExecutorService timers) {
    this.monotonic = monotonic;
    this.timers = timers;
    this.base = monotonic.getAsLong();
    for (int i = 0; i < PARTS; i++) {
      parts.add(new DeadlineHeap());
    }
  }

  /// @param added is late once `nanos` have gone by, unless it is told before that the request is over
  void add(long nanos, Deadline added) {
    long atNanos = now() + nanos;
    // Every request comes on a thread of its own.
    int part = (int) (Thread.currentThread().threadId() & (PARTS - 1));
    parts.get(part).add(atNanos, added);
    lookAt(atNanos);
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
    for (DeadlineHeap part : parts) {
      long now = now();
      for (Deadline each = part.takeLate(now); each != null; each = part.takeLate(now)) {
        late.add(each);
      }
      next = Math.min(next, part.nextNanos(NEVER));
    }
    if (next != NEVER) {
      lookAt(next);
    }
    late.forEach(Deadline::late);
  }
}
