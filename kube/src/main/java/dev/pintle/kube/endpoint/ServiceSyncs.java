package dev.pintle.kube.endpoint;

import dev.pintle.kube.workqueue.QueueWorkers;
import dev.pintle.kube.workqueue.WorkQueue;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/// The turns of services: one whose pods are so many that a look at them takes long is looked at so seldom that looking takes a fifth of
/// the time at most, however often its pods change.
final class ServiceSyncs {
  private static final long LONG_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
  private static final long PAUSE_NANOS_MAX = TimeUnit.SECONDS.toNanos(1);
  private static final int PAUSE_FACTOR = 4;

  private final WorkQueue<String> queue;
  private final Map<String, Long> pauseNanos = new ConcurrentHashMap<>();

  /// A key taken apart.
  record Name(String namespace, String name) {
    static Name of(String key) {
      int slash = key.indexOf('/');
      return new Name(key.substring(0, slash), key.substring(slash + 1));
    }
  }

  ServiceSyncs(WorkQueue<String> queue) {
    this.queue = queue;
  }

  void podsChanged(String key) {
    queue.addAfter(key, pauseNanos.getOrDefault(key, 0L));
  }

  boolean timed(String key, QueueWorkers.Action<String> sync) {
    long start = System.nanoTime();
    try {
      return sync.isDone(key);
    } finally {
      long nanos = System.nanoTime() - start;
      if (nanos > LONG_NANOS) {
        pauseNanos.put(key, Math.min(PAUSE_FACTOR * nanos, PAUSE_NANOS_MAX));
      } else {
        pauseNanos.remove(key);
      }
    }
  }
}
