package dev.pintle.storage.memory;

import dev.pintle.kernel.keyspace.OrderedKv;
import java.util.ArrayList;
import java.util.List;

/// A store on a pretended disk, for simulations: it remembers every batch since the last flush, so that [#crash] can take
/// back any number of them, as a machine that loses power does. For one thread.
public final class CrashableKv implements OrderedKv {
  /// What the disk holds, then the moment after each batch since.
  private final List<BucketSnapshot> moments = new ArrayList<>(List.of(BucketSnapshot.EMPTY));

  /// How many batches a crash could take away.
  public int unflushedBatches() {
    return moments.size() - 1;
  }

  /// Loses power: of the batches since the last flush only the first `batchesKept` are still there.
  public void crash(int batchesKept) {
    BucketSnapshot survived = moments.get(batchesKept);
    moments.clear();
    moments.add(survived);
  }

  private BucketSnapshot newest() {
    return moments.getLast();
  }

  @Override
  public Reader reader() {
    return new SnapshotReader(this::newest);
  }

  @Override
  public ReadTransaction beginRead() {
    BucketSnapshot now = newest();
    return new SnapshotReader(() -> now);
  }

  @Override
  public Batch beginBatch() {
    return new MemoryBatch(writes -> moments.add(newest().after(writes)));
  }

  @Override
  public void flush() {
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
