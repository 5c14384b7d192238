package dev.pintle.storage.memory;

import dev.pintle.kernel.keyspace.OrderedKv;
import dev.pintle.kernel.keyspace.StorageFailure;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A store on a pretended disk, for simulations: it remembers every batch since the last flush, so that [#crash] can take
/// back any number of them, as a machine that loses power does, and fails when it is told to. For one thread.
public final class CrashableKv implements OrderedKv {
  /// What the disk holds, then the moment after each batch since.
  private final List<BucketSnapshot> moments = new ArrayList<>(List.of(BucketSnapshot.EMPTY));

  private @Nullable StorageFailure failure;
  private boolean failingLosesBatches;
  private boolean failingReads;

  /// From now on nothing is committed or flushed, until [#heal].
  ///
  /// @param losesBatches whether what was not flushed is gone when batches are taken again
  public void fail(StorageFailure.Kind kind, boolean losesBatches) {
    failure = new StorageFailure(kind, "pretended store", "fails as it was told to");
    failingLosesBatches = losesBatches;
  }

  /// As [#fail], but only what is read fails.
  public void failReads(StorageFailure.Kind kind) {
    fail(kind, false);
    failingReads = true;
  }

  public void heal() {
    failure = null;
    failingReads = false;
  }

  private void requireHealth() {
    if (failure != null && !failingReads) {
      throw failure;
    }
    if (failingLosesBatches) {
      throw new StorageFailure(
          StorageFailure.Kind.IO, "pretended store", "takes nothing before it recovers");
    }
  }

  @Override
  public void recover(Runnable writeAgain) {
    if (failure != null) {
      throw failure;
    }
    if (failingLosesBatches) {
      failingLosesBatches = false;
      crash(0);
      writeAgain.run();
    }
  }

  /// How many batches a crash could take away.
  public int unflushedBatches() {
    return moments.size() - 1;
  }

  /// Loses power: of the batches since the last flush only the first `batchesKept` are still there.
  public void crash(int batchesKept) {
    heal();
    failingLosesBatches = false;
    BucketSnapshot survived = moments.get(batchesKept);
    moments.clear();
    moments.add(survived);
  }

  private BucketSnapshot readable() {
    if (failure != null && failingReads) {
      throw failure;
    }
    return newest();
  }

  private BucketSnapshot newest() {
    return moments.getLast();
  }

  @Override
  public Reader reader() {
    return new SnapshotReader(this::readable);
  }

  @Override
  public ReadTransaction beginRead() {
    BucketSnapshot now = newest();
    return new SnapshotReader(() -> now);
  }

  @Override
  public Batch beginBatch() {
    return new MemoryBatch(writes -> {
      requireHealth();
      moments.add(newest().after(writes));
    });
  }

  @Override
  public void flush() {
    requireHealth();
    BucketSnapshot flushed = newest();
    moments.clear();
    moments.add(flushed);
  }

  @Override
  public Size size() {
    long bytes = newest().bytes();
    return new Size(bytes, bytes);
  }

  /// Nothing is lost: what was not flushed waits for [#crash] or [#flush].
  @Override
  public void close() {}
}
