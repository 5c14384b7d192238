package dev.pintle.kube.outbound;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// The memory of the places that just could not be connected to, or whose names nobody knew: for a second nobody tries them again, so that
/// what a dead server takes does not grow with the requests that would ask it. A place that its service names anew is another one.
final class FailedPlaces {
  static final long NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final int KNOWN_MAX = 1_000;

  private final LongSupplier nanoTime;
  private final ReentrantLock lock = new ReentrantLock();
  // Guarded by `lock`; the oldest first.
  private final Map<Object, Failure> known =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Object, Failure> eldest) {
          return size() > KNOWN_MAX;
        }
      };

  private record Failure(OutboundException told, long untilNanos) {}

  FailedPlaces(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /// What was told of the place a moment ago; null where it may be tried.
  @Nullable OutboundException of(Object place) {
    lock.lock();
    try {
      Failure failure = known.get(place);
      if (failure == null) {
        return null;
      }
      if (nanoTime.getAsLong() - failure.untilNanos() < 0) {
        return failure.told();
      }
      known.remove(place);
      return null;
    } finally {
      lock.unlock();
    }
  }

  void failed(Object place, OutboundException told) {
    lock.lock();
    try {
      known.remove(place);
      known.put(place, new Failure(told, nanoTime.getAsLong() + NANOS));
    } finally {
      lock.unlock();
    }
  }

  void answered(Object place) {
    lock.lock();
    try {
      known.remove(place);
    } finally {
      lock.unlock();
    }
  }
}
