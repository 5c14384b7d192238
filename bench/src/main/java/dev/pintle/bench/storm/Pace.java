package dev.pintle.bench.storm;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/// Clients that ask when it is time to, however long the request before took: what was due meanwhile is asked one after another, and each
/// has waited since it was due.
final class Pace {
  private final Queue<Thread> threads = new ConcurrentLinkedQueue<>();
  private final long start = System.nanoTime();

  /// After the start, ns.
  private final AtomicLong end = new AtomicLong(Long.MAX_VALUE);

  /// The request that is made each time.
  interface Task {
    /// @param due when it is time, on the clock of [System#nanoTime]
    void run(long due) throws InterruptedException;
  }

  /// Does `task` again and again on a virtual thread of its own until the end.
  ///
  /// @param phase the share of a period to wait before the first time
  void every(Duration period, double phase, Task task) {
    long nanos = period.toNanos();
    long first = System.nanoTime() - start + (long) (phase * nanos);
    threads.add(Thread.ofVirtual().start(() -> repeat(first, nanos, task)));
  }

  private void repeat(long first, long period, Task task) {
    try {
      for (long due = first; waitUntil(due); due += period) {
        task.run(start + due);
      }
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  /// Whether it came to that before the end.
  private boolean waitUntil(long due) {
    while (due < end.get()) {
      long left = start + due - System.nanoTime();
      if (left <= 0) {
        return true;
      }
      LockSupport.parkNanos(this, left);
    }
    return false;
  }

  /// Waits for what was due until now, and no more.
  void stop() throws InterruptedException {
    end.compareAndSet(Long.MAX_VALUE, System.nanoTime() - start);
    threads.forEach(LockSupport::unpark);
    for (Thread thread : threads) {
      thread.join();
    }
  }
}
