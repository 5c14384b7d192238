package dev.pintle.member.core;

import dev.pintle.kernel.codec.ByteWriter;
import dev.pintle.kernel.command.CommandCodec;
import dev.pintle.member.disk.DiskFull;
import dev.pintle.member.log.CommitLog;
import dev.pintle.member.log.LogBatch;
import dev.pintle.member.log.LogUnavailable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/// The stage that makes what is queued durable, a batch at a time. While one batch is being forced, the next gathers in
/// the queue; while one is being applied, the next is being forced.
final class LogStage {
  private final MemberConfig config;
  private final SubmitQueue queue;
  private final CommitLog log;
  private final Queue<Batch> durable;
  private final Stopwatch appends;
  private final ArrayDeque<Submission> taken = new ArrayDeque<>();
  private volatile boolean outOfSpace;
  private final LogBatch frame = new LogBatch();
  private final ByteWriter entry = new ByteWriter(4096);

  /// @param durable where batches go next; may be full
  LogStage(
      MemberConfig config,
      SubmitQueue queue,
      CommitLog log,
      Queue<Batch> durable,
      Stopwatch appends) {
    this.appends = appends;
    this.config = config;
    this.queue = queue;
    this.log = log;
    this.durable = durable;
  }

  boolean isOutOfSpace() {
    return outOfSpace;
  }

  boolean hasWork() {
    return !taken.isEmpty() || !queue.isEmpty();
  }

  /// Makes one batch durable and passes it on; answers false when there was none. The queue of durable batches must have
  /// room. While the log is unavailable, everything waiting is refused; when it fails, everything to come as well.
  boolean step() {
    if (taken.isEmpty()) {
      queue.takeAll(taken);
    }
    if (taken.isEmpty()) {
      return false;
    }
    List<Submission> batch = fillFrame();
    try {
      appends.start();
      long lastIndex = log.append(frame);
      appends.stop();
      outOfSpace = false;
      durable.add(new Batch(lastIndex, batch));
    } catch (LogUnavailable e) {
      outOfSpace = e.getCause() instanceof DiskFull;
      refuseForNow("the log cannot be written now: " + e.getMessage(), batch);
    } catch (IOException e) {
      outOfSpace = e instanceof DiskFull;
      stop("the log cannot be written: " + e.getMessage(), batch);
    }
    return true;
  }

  private List<Submission> fillFrame() {
    frame.clear();
    List<Submission> batch = new ArrayList<>(Math.min(taken.size(), config.batchCommandsMax()));
    long bytes = 0;
    while (!taken.isEmpty() && batch.size() < config.batchCommandsMax()) {
      Submission next = taken.getFirst();
      bytes += next.bytes;
      if (!batch.isEmpty() && bytes > config.batchBytesMax()) {
        break;
      }
      taken.removeFirst();
      entry.clear();
      CommandCodec.encode(next.command, entry);
      frame.add(entry.buffer(), 0, entry.size());
      batch.add(next);
    }
    return batch;
  }

  /// What comes next tries again.
  private void refuseForNow(String reason, List<Submission> batch) {
    batch.forEach(submission -> queue.refuse(submission, reason));
    queue.takeAll(taken);
    taken.forEach(submission -> queue.refuse(submission, reason));
    taken.clear();
  }

  private void stop(String reason, List<Submission> batch) {
    queue.stop(reason);
    batch.forEach(queue::refuse);
    refuseTaken();
  }

  /// Refuses what was taken and not yet written; to be called once the queue is stopped.
  void refuseTaken() {
    taken.forEach(queue::refuse);
    taken.clear();
  }
}
