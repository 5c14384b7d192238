package dev.pintle.kube.workqueue;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// The restraint of a controller that writes what somebody else keeps writing otherwise: each time that it is undone soon after the last
/// it waits twice as long, from a tenth of a second up to five minutes, so that two who never agree do not keep a processor busy. Whoever
/// finds what it writes as it left it writes as often as it likes. Thread-safe.
///
/// Of so many things it is known when they were written; the oldest are forgotten.
///
/// @param <K> what is written; small, as those of many are kept
public final class Contention<K> {
  private static final long PAUSE_NANOS_MIN = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long PAUSE_NANOS_MAX = TimeUnit.MINUTES.toNanos(5);
  private static final int DOUBLINGS_MAX = 12;

  /// Whoever leaves it alone for so many pauses agrees.
  private static final int AGREED_PAUSES = 4;

  static final int KEYS_MAX = 4_096;

  private final LongSupplier monotonic;
  private final ReentrantLock lock = new ReentrantLock();

  /// Guarded by `lock`; the oldest first.
  private final Map<K, Write> writes = new LinkedHashMap<>();

  /// The last write of something.
  ///
  /// @param version of what was written
  /// @param times how often it had been undone by then
  private record Write(long nanos, long version, int times) {
    long pauseNanos() {
      return Math.min(PAUSE_NANOS_MIN << Math.min(times, DOUBLINGS_MAX), PAUSE_NANOS_MAX);
    }

    boolean isOld(long now) {
      return now - nanos > AGREED_PAUSES * pauseNanos();
    }
  }

  /// @param monotonic nanoseconds that never go back
  public Contention(LongSupplier monotonic) {
    this.monotonic = monotonic;
  }

  /// Asks to write.
  ///
  /// @param version tells of what is there now; that of nothing is 0. Asked for only when it matters
  /// @return the version, or that of the last write when it does not matter
  /// @throws Restrained when it is too soon
  public long require(K key, LongSupplier version) {
    Write last = lately(key);
    if (last == null) {
      return 0;
    }
    long now = version.getAsLong();
    long since = monotonic.getAsLong() - last.nanos();
    if (now != last.version() && since < last.pauseNanos()) {
      throw new Restrained(last.pauseNanos() - since);
    }
    return now;
  }

  /// The version of the last write, to be answered for one that contradicts nobody; 0 when there is none.
  public long undisputed(K key) {
    Write last = lately(key);
    return last == null ? 0 : last.version();
  }

  private @Nullable Write lately(K key) {
    lock.lock();
    try {
      Write last = writes.get(key);
      return last == null || last.isOld(monotonic.getAsLong()) ? null : last;
    } finally {
      lock.unlock();
    }
  }

  /// Says that it was written.
  ///
  /// @param before the version that [#require] answered
  /// @param after the version of what is there now
  public void wrote(K key, long before, long after) {
    lock.lock();
    try {
      long now = monotonic.getAsLong();
      Write last = writes.remove(key);
      int times = 0;
      if (last != null && !last.isOld(now)) {
        times = before == last.version() ? last.times() : last.times() + 1;
      } else {
        makeRoom();
      }
      writes.put(key, new Write(now, after, times));
    } finally {
      lock.unlock();
    }
  }

  private void makeRoom() {
    if (writes.size() >= KEYS_MAX) {
      Iterator<K> oldest = writes.keySet().iterator();
      oldest.next();
      oldest.remove();
    }
  }
}
