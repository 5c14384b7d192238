package dev.pintle.kube.workqueue;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// A queue of keys that something has to be done for: a key that is added again while it waits is done once, one that is added while it
/// is being done is done once more afterwards, and never by two at once. What failed waits longer each time. By the rules of client-go's
/// work queues, with their figures.
///
/// Thread-safe.
///
/// @param <K> the keys, compared by `equals`
public final class WorkQueue<K> implements AutoCloseable {
  private static final long RETRY_NANOS_MIN = TimeUnit.MILLISECONDS.toNanos(5);
  private static final long RETRY_NANOS_MAX = TimeUnit.SECONDS.toNanos(1_000);
  private static final int DOUBLINGS_MAX = 30;
  private static final Duration DAY = Duration.ofDays(1);

  private final LongSupplier monotonic;
  private final ScheduledExecutorService timers;
  private final QueueMetrics metrics;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  // Guarded by `lock`.
  private final ArrayDeque<K> waiting = new ArrayDeque<>();
  private final Map<K, Long> addedNanos = new HashMap<>();
  private final Map<K, Long> startedNanos = new HashMap<>();
  private final Set<K> dirty = new HashSet<>();
  private final Map<K, Integer> failures = new HashMap<>();

  /// Keys that come later.
  private final Map<K, Later> later = new HashMap<>();

  private boolean closed;

  /// The moment at which a key comes.
  ///
  /// @param timer null where none is taken any more
  private record Later(long nanos, @Nullable ScheduledFuture<?> timer) {
    void cancel() {
      if (timer != null) {
        timer.cancel(false);
      }
    }
  }

  /// Told of every key that begins to wait, while the lock is held.
  private Runnable onWaiting = () -> {};

  /// @param monotonic nanoseconds that never go back
  /// @param timers add keys that come later
  public WorkQueue(QueueMetrics metrics, LongSupplier monotonic, ScheduledExecutorService timers) {
    this.metrics = metrics;
    this.monotonic = monotonic;
    this.timers = timers;
  }

  /// Has `told` run whenever a key begins to wait, and at once for those that wait already; it must not wait itself.
  void onWaiting(Runnable told) {
    lock.lock();
    try {
      onWaiting = told;
      waiting.forEach(_ -> told.run());
    } finally {
      lock.unlock();
    }
  }

  /// Says that something has to be done for `key`.
  public void add(K key) {
    lock.lock();
    try {
      if (closed || !dirty.add(key)) {
        return;
      }
      metrics.added();
      if (!startedNanos.containsKey(key)) {
        enqueue(key);
      }
    } finally {
      lock.unlock();
    }
  }

  private void enqueue(K key) {
    waiting.add(key);
    addedNanos.put(key, monotonic.getAsLong());
    metrics.depth(waiting.size());
    changed.signal();
    onWaiting.run();
  }

  /// As [#add], once `nanos` have gone by; nothing when the key is to come sooner anyway.
  public void addAfter(K key, long nanos) {
    if (nanos <= 0) {
      add(key);
      return;
    }
    lock.lock();
    try {
      long at = monotonic.getAsLong() + nanos;
      Later planned = later.get(key);
      if (closed || (planned != null && planned.nanos() - at <= 0)) {
        return;
      }
      if (planned != null) {
        planned.cancel();
      }
      later.put(key, new Later(at, timer(key, at, nanos)));
    } finally {
      lock.unlock();
    }
  }

  /// As [#add], once `left` has gone by, but after a day at the latest: whoever takes it looks again.
  public void addAfter(K key, Duration left) {
    addAfter(key, (left.compareTo(DAY) < 0 ? left : DAY).toNanos());
  }

  /// Lets a key not come that was to come later, as there is nothing to be done for it any more.
  public void dropLater(K key) {
    lock.lock();
    try {
      Later planned = later.remove(key);
      if (planned != null) {
        planned.cancel();
      }
    } finally {
      lock.unlock();
    }
  }

  private @Nullable ScheduledFuture<?> timer(K key, long at, long nanos) {
    try {
      return timers.schedule(() -> come(key, at), nanos, TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException _) {
      // The server is stopping: nothing more is done for anybody.
      return null;
    }
  }

  private void come(K key, long at) {
    lock.lock();
    try {
      Later planned = later.get(key);
      if (planned == null || planned.nanos() != at) {
        return;
      }
      later.remove(key);
    } finally {
      lock.unlock();
    }
    add(key);
  }

  /// As [#add], after a while that is longer the more often the key failed.
  public void addRateLimited(K key) {
    int times;
    lock.lock();
    try {
      times = failures.merge(key, 1, Integer::sum) - 1;
    } finally {
      lock.unlock();
    }
    metrics.retried();
    long nanos = RETRY_NANOS_MIN << Math.min(times, DOUBLINGS_MAX);
    addAfter(key, Math.min(nanos, RETRY_NANOS_MAX));
  }

  /// A restraint by its clock for who works from it.
  public <T> Contention<T> contention() {
    return new Contention<>(monotonic);
  }

  /// Says that `key` did not fail: the next time that it does is the first.
  public void forget(K key) {
    lock.lock();
    try {
      failures.remove(key);
    } finally {
      lock.unlock();
    }
  }

  /// Waits for the next key, which is the caller's until [#done]; null when the queue is closed.
  public @Nullable K take() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (waiting.isEmpty() && !closed) {
        changed.await();
      }
      return closed ? null : next();
    } finally {
      lock.unlock();
    }
  }

  /// As [#take], but null also when no key waits.
  @Nullable K poll() {
    lock.lock();
    try {
      return closed || waiting.isEmpty() ? null : next();
    } finally {
      lock.unlock();
    }
  }

  private K next() {
    K key = waiting.remove();
    long now = monotonic.getAsLong();
    dirty.remove(key);
    Long added = addedNanos.remove(key);
    metrics.depth(waiting.size());
    metrics.waited(added == null ? 0 : now - added);
    startedNanos.put(key, now);
    return key;
  }

  /// Says that nobody is working on `key` any more.
  public void done(K key) {
    lock.lock();
    try {
      Long started = startedNanos.remove(key);
      if (started != null) {
        metrics.worked(monotonic.getAsLong() - started);
      }
      if (dirty.contains(key) && !closed) {
        enqueue(key);
      }
    } finally {
      lock.unlock();
    }
  }

  /// How many keys wait, those that come later apart.
  public int size() {
    lock.lock();
    try {
      return waiting.size();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
