package dev.pintle.member.core;

import dev.pintle.kernel.codec.ByteWriter;
import dev.pintle.kernel.command.CommandCodec;
import dev.pintle.kernel.command.Outcome.Refused;
import dev.pintle.kernel.command.Outcome.Refused.NotTaken;
import dev.pintle.member.GrowingCount;
import dev.pintle.member.clock.Clock;
import dev.pintle.member.disk.DiskFull;
import dev.pintle.member.log.CommitLog;
import dev.pintle.member.log.LogBatch;
import dev.pintle.member.log.LogUnavailable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The stage that makes what is queued durable, a batch at a time. While one batch is being forced, the next gathers in
/// the queue; while one is being applied, the next is being forced. Large commands go behind small ones, a few in a batch, and in
/// every other batch while small ones wait: who writes much is not to hold up who writes little, and commands under way at once
/// have no order among them.
final class LogStage {
  /// How long a log that failed is left alone while nobody writes.
  private static final long RETRY_NANOS = 1_000_000_000L;

  /// Of large commands in one batch; a larger one goes alone.
  private static final long LARGE_BYTES_MAX = 1 << 20;

  private final MemberConfig config;
  private final SubmitQueue queue;
  private final CommitLog log;
  private final Queue<Batch> durable;
  private final Stopwatch appends;
  private final GrowingCount bytesWritten;
  private final ArrayDeque<Submission> small = new ArrayDeque<>();
  private final ArrayDeque<Submission> large = new ArrayDeque<>();
  private final Clock clock;
  private volatile @Nullable NotTaken trouble;
  private long triedNanos;

  /// Whether the last batch held large commands.
  private boolean largeBefore;

  private final LogBatch frame = new LogBatch();
  private final ByteWriter entry = new ByteWriter(4096);

  /// @param durable where batches go next; may be full
  LogStage(
      MemberConfig config,
      SubmitQueue queue,
      CommitLog log,
      Queue<Batch> durable,
      Clock clock,
      Stopwatch appends,
      GrowingCount bytesWritten) {
    this.appends = appends;
    this.bytesWritten = bytesWritten;
    this.clock = clock;
    this.config = config;
    this.queue = queue;
    this.log = log;
    this.durable = durable;
  }

  /// Why the last attempt to write failed, if it did.
  @Nullable NotTaken trouble() {
    return trouble;
  }

  boolean isOutOfSpace() {
    return trouble instanceof Refused.OutOfSpace;
  }

  boolean hasWork() {
    return hasTaken() || !queue.isEmpty();
  }

  private boolean hasTaken() {
    return !small.isEmpty() || !large.isEmpty();
  }

  /// Makes one batch durable and passes it on; answers false when there was none. The queue of durable batches must have
  /// room. While the log cannot be written, everything waiting is refused, and while nobody writes it is tried now and then.
  boolean step() {
    takeAll();
    if (!hasTaken()) {
      recoverIfDue();
      return false;
    }
    NotTaken paused = queue.pause();
    if (paused != null) {
      refuseWaiting(paused);
      return true;
    }
    List<Submission> batch = fillFrame();
    append(batch);
    return true;
  }

  private void takeAll() {
    if (queue.isEmpty()) {
      return;
    }
    ArrayDeque<Submission> taken = new ArrayDeque<>();
    queue.takeAll(taken);
    for (Submission next : taken) {
      (next.isLarge() ? large : small).add(next);
    }
  }

  private void append(List<Submission> batch) {
    try {
      appends.start();
      long lastIndex = log.append(frame);
      appends.stop();
      bytesWritten.add(frame.sizeBytes());
      cleared();
      durable.add(new Batch(lastIndex, batch));
    } catch (LogUnavailable e) {
      NotTaken refusal = failed(e);
      batch.forEach(submission -> queue.refuse(submission, refusal));
      refuseWaiting(refusal);
    } catch (IOException e) {
      // The frame was begun: whether it is there the next opening would tell, or the next append.
      NotTaken refusal = failed(e);
      batch.forEach(submission -> queue.giveUp(submission, refusal.reason()));
      refuseWaiting(refusal);
    }
  }

  private void recoverIfDue() {
    if (trouble == null || clock.nanos() - triedNanos < RETRY_NANOS) {
      return;
    }
    try {
      log.recover();
      cleared();
    } catch (IOException e) {
      failed(e);
    }
  }

  private void cleared() {
    if (trouble != null) {
      trouble = null;
    }
  }

  /// Answers what to tell those who wait.
  private NotTaken failed(IOException e) {
    String reason = "the log cannot be written now: " + e.getMessage();
    boolean isFull = (e instanceof LogUnavailable ? e.getCause() : e) instanceof DiskFull;
    NotTaken refusal = isFull ? new Refused.OutOfSpace(reason) : new Refused.Stopped(reason);
    trouble = refusal;
    triedNanos = clock.nanos();
    return refusal;
  }

  private List<Submission> fillFrame() {
    frame.clear();
    List<Submission> batch = new ArrayList<>(Math.min(small.size() + 1, config.batchCommandsMax()));
    if (!largeBefore || small.isEmpty()) {
      fillFrom(large, batch, Math.min(LARGE_BYTES_MAX, config.batchBytesMax()));
    }
    largeBefore = !batch.isEmpty();
    fillFrom(small, batch, config.batchBytesMax());
    return batch;
  }

  /// Takes so many bytes, the first of `waiting` whatever its size: nobody waits for ever.
  private void fillFrom(ArrayDeque<Submission> waiting, List<Submission> batch, long bytesMax) {
    long bytes = 0;
    while (!waiting.isEmpty() && batch.size() < config.batchCommandsMax()) {
      Submission next = waiting.getFirst();
      if (bytes > 0 && bytes + next.bytes > bytesMax) {
        return;
      }
      bytes += next.bytes;
      waiting.removeFirst();
      entry.clear();
      CommandCodec.encode(next.command, entry);
      frame.add(entry.buffer(), 0, entry.size());
      batch.add(next);
    }
  }

  /// What comes next tries again.
  private void refuseWaiting(NotTaken refusal) {
    takeAll();
    empty(submission -> queue.refuse(submission, refusal));
  }

  /// Refuses what was taken and not yet written; to be called once the queue is stopped or pauses.
  void refuseTaken() {
    empty(queue::refuse);
  }

  private void empty(Consumer<Submission> refuse) {
    small.forEach(refuse);
    large.forEach(refuse);
    small.clear();
    large.clear();
  }
}
