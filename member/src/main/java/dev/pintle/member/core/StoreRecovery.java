package dev.pintle.member.core;

import dev.pintle.kernel.command.Outcome.Refused;
import dev.pintle.kernel.command.Outcome.Refused.NotTaken;
import dev.pintle.kernel.keyspace.StorageFailure;
import dev.pintle.kernel.keyspace.StorageFailure.Kind;
import dev.pintle.member.core.MemberCore.Parts;
import dev.pintle.member.disk.DiskFull;
import dev.pintle.member.log.UnreadableFile;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The time between a failure of the store and its return. Meanwhile writers are refused and readers served; what is in the log
/// and not in the store waits, and those who asked for it are told that nobody knows when it takes effect.
///
/// Everything but the questions is for the applying thread.
final class StoreRecovery {
  private static final long RETRY_NANOS = 1_000_000_000L;

  /// No command: what a piece of compaction stands beside, or what there is after a failure.
  static final Batch NOTHING = new Batch(0, List.of());

  private final Parts parts;
  private final ApplyStage stage;
  private final SubmitQueue queue;

  /// Held while a checkpoint is taken, and while the store is brought back: a checkpoint forgets what the store has flushed
  /// from the log, which a store that went back to its last flush needs.
  private final ReentrantLock log = new ReentrantLock();

  private volatile @Nullable StorageFailure failure;
  private Batch pending = NOTHING;
  private long triedNanos;

  StoreRecovery(Parts parts, ApplyStage stage, SubmitQueue queue) {
    this.parts = parts;
    this.stage = stage;
    this.queue = queue;
  }

  boolean isUnderWay() {
    return failure != null;
  }

  boolean isOutOfSpace() {
    StorageFailure current = failure;
    return current != null && current.kind() == Kind.DISK_FULL;
  }

  boolean isDue() {
    return isUnderWay() && parts.clock().nanos() - triedNanos >= RETRY_NANOS;
  }

  /// The store failed at `batch`, or beside it when that is empty.
  ///
  /// @param behind what is durable and has not come to the store yet
  void begin(StorageFailure because, Batch batch, Collection<Batch> behind) {
    pending = batch;
    note(because);
    giveUp(behind);
  }

  private void note(StorageFailure because) {
    triedNanos = parts.clock().nanos();
    failure = because;
    String reason = "the store cannot be written now: " + because.getMessage();
    queue.pause(
        because.kind() == Kind.DISK_FULL
            ? new Refused.OutOfSpace(reason)
            : new Refused.Stopped(reason));
    if (because.kind() == Kind.CORRUPT) {
      queue.stop("the store cannot be used: " + because.getMessage());
    }
  }

  private void giveUp(Collection<Batch> behind) {
    NotTaken refusal = queue.pause();
    String reason = refusal == null ? "" : refusal.reason();
    pending.submissions().forEach(submission -> queue.giveUp(submission, reason));
    for (Batch batch : behind) {
      batch.submissions().forEach(submission -> queue.giveUp(submission, reason));
    }
  }

  /// Tries to go on; answers whether it could.
  ///
  /// @param behind as in [#begin]
  boolean attempt(Collection<Batch> behind) {
    log.lock();
    try {
      stage.goOn(pending, queue, this::rebuild);
    } catch (StorageFailure still) {
      note(still);
      giveUp(behind);
      return false;
    } finally {
      log.unlock();
    }
    pending = NOTHING;
    failure = null;
    queue.resume();
    return true;
  }

  private void rebuild() {
    try {
      stage.rebuild(parts.log(), parts.index().read());
    } catch (IOException e) {
      throw new StorageFailure(kind(e), "log", "replaying it into the store: " + e.getMessage(), e);
    }
  }

  private static Kind kind(IOException met) {
    if (met instanceof UnreadableFile) {
      return Kind.CORRUPT;
    }
    return met instanceof DiskFull ? Kind.DISK_FULL : Kind.IO;
  }

  /// Takes `checkpoint` unless the store has failed; then there is nothing that it could flush.
  void guard(Checkpoint checkpoint) throws IOException {
    log.lock();
    try {
      if (!isUnderWay()) {
        checkpoint.run(stage.view().root(), stage.bytesApplied());
      }
    } finally {
      log.unlock();
    }
  }
}
