package dev.pintle.kube.audit;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/// The log: one thread makes lines of the events that wait and writes these. An event that cannot be written is counted, and told once
/// until writing goes on.
final class AuditLog implements AuditSink {
  /// What may wait.
  static final long BEHIND_BYTES_MAX = 8 << 20;

  private static final System.Logger LOG = System.getLogger(AuditLog.class.getName());

  private final AuditLogSettings settings;
  private final AuditOutput output;
  private final AuditMetrics metrics;
  private final AuditQueue queue;
  private final Thread writer;
  // Of the writing thread alone.
  private long lost;

  AuditLog(AuditLogSettings settings, AuditOutput output, AuditMetrics metrics) {
    this(settings, output, metrics, BEHIND_BYTES_MAX);
  }

  /// @param behindBytesMax what may wait
  AuditLog(
      AuditLogSettings settings, AuditOutput output, AuditMetrics metrics, long behindBytesMax) {
    this.settings = settings;
    this.output = output;
    this.metrics = metrics;
    AuditBatching batching = settings.batching();
    int together = batching.mode() == AuditMode.BATCH ? batching.eventsMax() : 1;
    this.queue = new AuditQueue(batching, together, metrics, behindBytesMax);
    this.writer = Thread.ofPlatform().daemon().name("audit-log").start(this::writeAll);
  }

  @Override
  public void take(AuditEvent event) {
    queue.add(event, null);
  }

  @Override
  public boolean arrived(AuditEvent event, long nanos) {
    if (queue.mode() == AuditMode.BLOCKING_STRICT) {
      return write(event, nanos);
    }
    take(event);
    return true;
  }

  /// Takes an event, and waits until it is written. Answers false when it could not be, or not within `nanos`.
  boolean write(AuditEvent event, long nanos) {
    return queue.write(event, nanos);
  }

  @Override
  public boolean awaitRoom(long nanos) {
    return queue.awaitRoom(nanos);
  }

  private void writeAll() {
    for (List<AuditQueue.Waiting> batch = queue.next(); !batch.isEmpty(); batch = queue.next()) {
      queue.awaitTurn();
      for (AuditQueue.Waiting each : batch) {
        each.tell(write(each.event()));
        queue.done(List.of(each));
      }
    }
  }

  private boolean write(AuditEvent event) {
    try {
      byte[] line = FittedEvent.text(event, settings.format(), settings.truncation(), metrics);
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

  @Override
  public void stop() {
    queue.close();
  }

  @Override
  public void finish(long untilNanos) {
    try {
      if (writer.join(Duration.ofNanos(Math.max(1, untilNanos - System.nanoTime())))) {
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
