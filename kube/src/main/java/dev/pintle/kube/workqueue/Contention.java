package dev.pintle.kube.workqueue;

import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/// The restraint of a controller that puts something right which somebody else keeps putting otherwise: each time soon after the last it
/// waits twice as long, from a tenth of a second up to five minutes, so that two who never agree do not keep a processor busy.
/// Thread-safe.
///
/// @param <K> what is put right
public final class Contention<K> {
  private static final long PAUSE_NANOS_MIN = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long PAUSE_NANOS_MAX = TimeUnit.MINUTES.toNanos(5);
  private static final int DOUBLINGS_MAX = 12;

  /// Whoever leaves it alone for so many pauses agrees.
  private static final int AGREED_PAUSES = 4;

  private static final int KEYS_MAX = 4_096;

  private final LongSupplier monotonic;
  private final ReentrantLock lock = new ReentrantLock();

  /// Guarded by `lock`.
  private final Map<K, Write> writes = new HashMap<>();

  private record Write(long nanos, int times) {
    long pauseNanos() {
      return Math.min(PAUSE_NANOS_MIN << Math.min(times, DOUBLINGS_MAX), PAUSE_NANOS_MAX);
    }
  }

  /// @param monotonic nanoseconds that never go back
  public Contention(LongSupplier monotonic) {
    this.monotonic = monotonic;
  }

  /// Asks to write now; answers how long to wait before one asks again, 0 for a write that counts from now on.
  public long pauseNanos(K key) {
    lock.lock();
    try {
      long now = monotonic.getAsLong();
      Write last = writes.get(key);
      long since = last == null ? 0 : now - last.nanos();
      if (last == null || since > AGREED_PAUSES * last.pauseNanos()) {
        makeRoom();
        writes.put(key, new Write(now, 0));
        return 0;
      }
      if (since < last.pauseNanos()) {
        return last.pauseNanos() - since;
      }
      writes.put(key, new Write(now, last.times() + 1));
      return 0;
    } finally {
      lock.unlock();
    }
  }

  private void makeRoom() {
    if (writes.size() >= KEYS_MAX) {
      Iterator<K> any = writes.keySet().iterator();
      any.next();
      any.remove();
    }
  }
}
