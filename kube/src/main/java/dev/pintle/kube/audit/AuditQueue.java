package dev.pintle.kube.audit;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The events that wait to be written down in one place. They are bounded: a request waits before it begins while more wait than may, or the
/// events that there is no room for are dropped and counted ([AuditMode]). What was taken out counts until it is [#done].
final class AuditQueue {
  private static final System.Logger LOG = System.getLogger(AuditQueue.class.getName());
  private static final double NANOS = 1e9;

  private final AuditBatching batching;
  private final int eventsMax;
  private final AuditMetrics metrics;
  private final long bytesMax;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition work = lock.newCondition();
  private final Condition room = lock.newCondition();
  private final Condition closing = lock.newCondition();
  // All below are guarded by `lock`.
  private final Deque<Waiting> waiting = new ArrayDeque<>();
  private long bytes;
  private boolean closed;
  private boolean dropping;
  private double tokens;
  private long tokensAtNanos = System.nanoTime();

  /// An event that waits.
  ///
  /// @param written told whether it is; null where nobody asks
  record Waiting(AuditEvent event, long bytes, @Nullable CompletableFuture<Boolean> written) {
    void tell(boolean done) {
      if (written != null) {
        written.complete(done);
      }
    }
  }

  /// @param eventsMax that are taken out together
  /// @param bytesMax what may wait before whoever would add to it waits, or is dropped
  AuditQueue(AuditBatching batching, int eventsMax, AuditMetrics metrics, long bytesMax) {
    this.batching = batching;
    this.eventsMax = eventsMax;
    this.metrics = metrics;
    this.bytesMax = bytesMax;
    this.tokens = batching.burst();
  }

  AuditMode mode() {
    return batching.mode();
  }

  /// Answers false when it is dropped.
  boolean add(AuditEvent event, @Nullable CompletableFuture<Boolean> written) {
    long size = event.bytes();
    lock.lock();
    try {
      if (closed || isFull()) {
        drop();
        return false;
      }
      dropping = false;
      waiting.add(new Waiting(event, size, written));
      bytes += size;
      work.signal();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /// Adds an event, and waits until it is written. Answers false when it could not be, or not within `nanos`.
  boolean write(AuditEvent event, long nanos) {
    CompletableFuture<Boolean> written = new CompletableFuture<>();
    if (!add(event, written)) {
      return false;
    }
    try {
      return written.get(nanos, TimeUnit.NANOSECONDS);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return false;
    } catch (TimeoutException | ExecutionException _) {
      return false;
    }
  }

  /// As [AuditSink#awaitRoom].
  boolean awaitRoom(long nanos) {
    if (mode() == AuditMode.BATCH) {
      return true;
    }
    lock.lock();
    try {
      long left = nanos;
      while (bytes > bytesMax && !closed) {
        if (left <= 0) {
          return false;
        }
        left = room.awaitNanos(left);
      }
      return true;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      lock.unlock();
    }
  }

  /// In other modes requests have waited for the room, and those that are under way are few.
  private boolean isFull() {
    return mode() == AuditMode.BATCH
        && (waiting.size() >= batching.bufferEvents() || bytes > bytesMax);
  }

  private void drop() {
    metrics.error("buffered");
    if (!dropping) {
      dropping = true;
      LOG.log(
          System.Logger.Level.ERROR,
          "audit events are dropped reason=\"{0}\"",
          closed ? "audit backend shut down" : "audit buffer queue blocked");
    }
  }

  /// The next that go together, once their time has come; none when all are taken out and it is closed.
  List<Waiting> next() {
    List<Waiting> batch = new ArrayList<>(1);
    lock.lock();
    try {
      long until = System.nanoTime() + batching.waitMax().toNanos();
      while (batch.size() < eventsMax) {
        Waiting event = waiting.poll();
        if (event != null) {
          batch.add(event);
          continue;
        }
        if (closed || (!batch.isEmpty() && !batching.waits())) {
          break;
        }
        if (!batching.waits()) {
          work.await();
        } else if (work.awaitNanos(until - System.nanoTime()) <= 0) {
          if (!batch.isEmpty()) {
            break;
          }
          until = System.nanoTime() + batching.waitMax().toNanos();
        }
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
    return batch;
  }

  /// They are written down, or lost: there is room for others.
  void done(List<Waiting> batch) {
    lock.lock();
    try {
      for (Waiting each : batch) {
        bytes -= each.bytes();
      }
      room.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Waits until another batch may go, where batches are held to a rate; not once it is closed.
  void awaitTurn() {
    if (mode() != AuditMode.BATCH || !batching.throttled()) {
      return;
    }
    lock.lock();
    try {
      while (!closed) {
        long now = System.nanoTime();
        tokens =
            Math.min(
                batching.burst(), tokens + (now - tokensAtNanos) / NANOS * batching.perSecond());
        tokensAtNanos = now;
        if (tokens >= 1) {
          tokens--;
          return;
        }
        long nanos = (long) ((1 - tokens) / batching.perSecond() * NANOS) + 1;
        var _ = closing.awaitNanos(nanos);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }

  /// Waits so long, or until it is closed. Answers whether it is.
  boolean awaitClosed(long nanos) {
    lock.lock();
    try {
      long left = nanos;
      while (!closed && left > 0) {
        left = closing.awaitNanos(left);
      }
      return closed;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /// Takes nothing more; what waits has its turn at once.
  void close() {
    lock.lock();
    try {
      closed = true;
      work.signalAll();
      room.signalAll();
      closing.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
