package dev.pintle.kube.intercept;

import dev.pintle.kube.chain.RequestContext;
import dev.pintle.wire.Exchange;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/// The last requests of a surface, in the order in which they came.
public final class RequestJournal {
  private final int requestsMax;
  private final long objectBytesMax;
  // Taken before the lock of an entry, never after it.
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  // All below are guarded by `lock`.
  private final Deque<RequestEntry> entries = new ArrayDeque<>();
  private final Deque<RequestEntry> withObjects = new ArrayDeque<>();
  private final Set<RequestEntry> running = new LinkedHashSet<>();
  private long objectBytes;
  private long count;

  /// @param requestsMax so many are kept
  /// @param objectBytesMax so many bytes are kept of objects that they wrote; what is older is forgotten first
  public RequestJournal(int requestsMax, long objectBytesMax) {
    this.requestsMax = requestsMax;
    this.objectBytesMax = objectBytesMax;
  }

  RequestEntry begin(RequestContext context, WrittenObjects objects) {
    lock.lock();
    try {
      count++;
      RequestEntry entry = new RequestEntry(this, objects, count, context);
      entries.add(entry);
      running.add(entry);
      if (entries.size() > requestsMax) {
        forgetObjectsOf(entries.remove());
      }
      changed.signalAll();
      return entry;
    } finally {
      lock.unlock();
    }
  }

  void ended(RequestEntry entry) {
    lock.lock();
    try {
      running.remove(entry);
      long bytes = entry.objectBytes();
      if (!entries.isEmpty() && entry.number() >= entries.getFirst().number() && bytes > 0) {
        withObjects.add(entry);
        objectBytes += bytes;
        while (objectBytes > objectBytesMax) {
          forgetObjectsOf(withObjects.getFirst());
        }
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void forgetObjectsOf(RequestEntry entry) {
    if (withObjects.remove(entry)) {
      objectBytes -= entry.objectBytes();
      entry.forgetObjects();
    }
  }

  /// All that are kept, the oldest first.
  public List<SeenRequest> all() {
    lock.lock();
    try {
      return entries.stream().map(RequestEntry::seen).toList();
    } finally {
      lock.unlock();
    }
  }

  /// How many have come.
  public long count() {
    lock.lock();
    try {
      return count;
    } finally {
      lock.unlock();
    }
  }

  /// Forgets all; what is under way stays forgotten.
  public void clear() {
    lock.lock();
    try {
      entries.clear();
      withObjects.clear();
      objectBytes = 0;
    } finally {
      lock.unlock();
    }
  }

  /// Waits for one that is wanted, which may be there already.
  public Optional<SeenRequest> await(Predicate<SeenRequest> wanted, Duration most)
      throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = most.toNanos();
      while (true) {
        Optional<SeenRequest> found =
            entries.stream().map(RequestEntry::seen).filter(wanted).findFirst();
        if (found.isPresent() || left <= 0) {
          return found;
        }
        left = changed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  /// Breaks those that are under way and wanted. Answers how many.
  ///
  /// @param fault what is noted of them
  public int cut(Predicate<SeenRequest> wanted, String fault) {
    List<RequestEntry> found;
    lock.lock();
    try {
      found = running.stream().filter(entry -> wanted.test(entry.seen())).toList();
    } finally {
      lock.unlock();
    }
    int cut = 0;
    for (RequestEntry entry : found) {
      Exchange exchange = entry.exchange();
      if (exchange != null) {
        entry.injected(fault);
        exchange.abandon();
        cut++;
      }
    }
    return cut;
  }
}
