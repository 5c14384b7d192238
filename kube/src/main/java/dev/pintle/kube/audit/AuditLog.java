package dev.pintle.kube.audit;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The log: events that wait for their turn to be written, and the one thread that makes lines of them and writes these. What waits is
/// bounded: a request waits before it begins while the log is behind, or the events that there is no room for are dropped and counted
/// ([AuditMode]). An event that cannot be written is counted, and told once until writing goes on.
final class AuditLog implements AutoCloseable {
  /// What may wait before whoever would add to it waits, or is dropped.
  static final long BEHIND_BYTES_MAX = 8 << 20;

  private static final System.Logger LOG = System.getLogger(AuditLog.class.getName());
  private static final long CLOSING_SECONDS_MAX = 5;

  private final AuditLogSettings settings;
  private final AuditOutput output;
  private final AuditMetrics metrics;
  private final long behindBytesMax;
  private final Thread writer;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition work = lock.newCondition();
  private final Condition room = lock.newCondition();
  // Guarded by `lock`.
  private final Deque<Waiting> waiting = new ArrayDeque<>();
  private long behindBytes;
  private boolean closed;
  private boolean dropping;
  // Of the writing thread alone.
  private long lost;

  /// An event that waits.
  ///
  /// @param written told whether it is; null where nobody asks
  private record Waiting(
      AuditEvent event, long bytes, @Nullable CompletableFuture<Boolean> written) {}

  AuditLog(AuditLogSettings settings, AuditOutput output, AuditMetrics metrics) {
    this(settings, output, metrics, BEHIND_BYTES_MAX);
  }

  /// @param behindBytesMax what may wait
  AuditLog(
      AuditLogSettings settings, AuditOutput output, AuditMetrics metrics, long behindBytesMax) {
    this.settings = settings;
    this.output = output;
    this.metrics = metrics;
    this.behindBytesMax = behindBytesMax;
    this.writer = Thread.ofPlatform().daemon().name("audit-log").start(this::writeAll);
  }

  AuditMode mode() {
    return settings.mode();
  }

  /// Takes an event to be written; waits for nothing.
  void take(AuditEvent event) {
    add(event, null);
  }

  /// Takes an event, and waits until it is written. Answers false when it could not be, or not within `nanos`.
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

  /// Waits until the log is not behind, where its mode is one in which requests wait. Answers false when that took longer than `nanos`.
  boolean awaitRoom(long nanos) {
    if (settings.mode() == AuditMode.BATCH) {
      return true;
    }
    lock.lock();
    try {
      long left = nanos;
      while (behindBytes > behindBytesMax && !closed) {
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

  private boolean add(AuditEvent event, @Nullable CompletableFuture<Boolean> written) {
    long bytes = event.bytes();
    lock.lock();
    try {
      if (closed || isFull()) {
        drop();
        return false;
      }
      dropping = false;
      waiting.add(new Waiting(event, bytes, written));
      behindBytes += bytes;
      work.signal();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /// In other modes requests have waited for the room, and those that are under way are few.
  private boolean isFull() {
    return settings.mode() == AuditMode.BATCH
        && (waiting.size() >= settings.bufferEvents() || behindBytes > behindBytesMax);
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

  private void writeAll() {
    for (Waiting next = next(); next != null; next = next()) {
      boolean done = write(next.event());
      CompletableFuture<Boolean> written = next.written();
      if (written != null) {
        written.complete(done);
      }
      lock.lock();
      try {
        behindBytes -= next.bytes();
        room.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }

  /// Null when all is written and the log is closed.
  private @Nullable Waiting next() {
    lock.lock();
    try {
      while (waiting.isEmpty() && !closed) {
        work.awaitUninterruptibly();
      }
      return waiting.poll();
    } finally {
      lock.unlock();
    }
  }

  private boolean write(AuditEvent event) {
    try {
      byte[] line = line(event);
      if (line == null) {
        return false;
      }
      output.write(line);
      if (lost > 0) {
        LOG.log(System.Logger.Level.INFO, "the audit log is written again lost={0}", lost);
        lost = 0;
      }
      return true;
    } catch (IOException | RuntimeException | StackOverflowError failed) {
      metrics.error("log");
      if (lost++ == 0) {
        LOG.log(
            System.Logger.Level.ERROR,
            "the audit log cannot be written path=" + settings.path(),
            failed);
      }
      return false;
    }
  }

  /// Null where it is too large even without its objects.
  private byte @Nullable [] line(AuditEvent event) {
    byte[] line = EventText.of(event, settings.format());
    if (!settings.truncates() || line.length <= settings.eventBytesMax()) {
      return line;
    }
    if (event.verdict().level().reaches(AuditLevel.REQUEST)) {
      line = EventText.of(event.withoutObjects(), settings.format());
    }
    if (line.length > settings.eventBytesMax()) {
      metrics.error("truncate");
      LOG.log(
          System.Logger.Level.ERROR,
          "event is too large even after truncating auditID={0}",
          event.head().auditId());
      return null;
    }
    return line;
  }

  /// Writes what waits, for some seconds at most, and takes nothing more.
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      work.signal();
      room.signalAll();
    } finally {
      lock.unlock();
    }
    try {
      if (writer.join(Duration.ofSeconds(CLOSING_SECONDS_MAX))) {
        output.close();
      } else {
        LOG.log(System.Logger.Level.ERROR, "the audit log did not come to its end");
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } catch (IOException failed) {
      LOG.log(System.Logger.Level.ERROR, "the audit log cannot be closed", failed);
    }
  }
}
