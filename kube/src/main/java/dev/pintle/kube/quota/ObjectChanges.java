package dev.pintle.kube.quota;

import dev.pintle.kernel.keyspace.KeyValue;
import dev.pintle.kube.schema.ResourceType;
import java.util.ArrayDeque;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The changes of objects that may have changed what is used of quotas, until somebody looks at them: to compare two large objects takes
/// long, and whoever tells all controllers of changes must not wait for it. Thread-safe.
final class ObjectChanges {
  private static final long BYTES_MAX = 16L << 20;
  private static final int CHANGES_MAX = 1_000;

  private final ReentrantLock lock = new ReentrantLock();

  // Guarded by `lock`.
  private final ArrayDeque<Change> changes = new ArrayDeque<>();
  private long bytes;

  /// One change of an object.
  record Change(
      String namespace,
      ResourceType type,
      UsageEvaluator evaluator,
      KeyValue previous,
      KeyValue current) {
    private long size() {
      return (long) previous.value().size() + current.value().size();
    }
  }

  /// Keeps a change; false when there is no room for it.
  boolean keep(Change change) {
    lock.lock();
    try {
      boolean room =
          changes.isEmpty() || (changes.size() < CHANGES_MAX && bytes + change.size() <= BYTES_MAX);
      if (room) {
        changes.add(change);
        bytes += change.size();
      }
      return room;
    } finally {
      lock.unlock();
    }
  }

  /// The first of those that are kept, which is not any more; null when there is none.
  @Nullable Change take() {
    lock.lock();
    try {
      Change first = changes.poll();
      if (first != null) {
        bytes -= first.size();
      }
      return first;
    } finally {
      lock.unlock();
    }
  }
}
