package dev.pintle.storage.memory;

import dev.pintle.kernel.keyspace.OrderedKv;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/// A store that keeps everything in memory and nothing beyond the process; a flush has nothing to do.
public final class MemoryKv implements OrderedKv {
  /// Batches may be committed by several threads, one after the other.
  private final ReentrantLock committing = new ReentrantLock();

  private volatile BucketSnapshot newest;

  public MemoryKv() {
    this(BucketSnapshot.EMPTY);
  }

  private MemoryKv(BucketSnapshot newest) {
    this.newest = newest;
  }

  /// A store that holds what `other` holds now, and knows nothing of it afterwards. Of another store in memory it takes no time and
  /// no room; everything of any other is read.
  public static MemoryKv copyOf(OrderedKv other) {
    if (other instanceof MemoryKv memory) {
      return new MemoryKv(memory.newest);
    }
    MemoryKv copy = new MemoryKv();
    try (ReadTransaction now = other.beginRead();
        Batch batch = copy.beginBatch()) {
      for (Bucket bucket : Bucket.values()) {
        now.scan(
            bucket,
            new byte[0],
            null,
            (key, value) -> {
              batch.put(bucket, key, value);
              return true;
            });
      }
      batch.commit();
    }
    return copy;
  }

  @Override
  public Reader reader() {
    return new SnapshotReader(() -> newest);
  }

  @Override
  public ReadTransaction beginRead() {
    BucketSnapshot now = newest;
    return new SnapshotReader(() -> now);
  }

  @Override
  public Batch beginBatch() {
    return new MemoryBatch(this::commit);
  }

  private void commit(List<BatchWrite> writes) {
    committing.lock();
    try {
      newest = newest.after(writes);
    } finally {
      committing.unlock();
    }
  }

  @Override
  public void flush() {}

  @Override
  public void recover(Runnable writeAgain) {}

  @Override
  public Size size() {
    long bytes = newest.bytes();
    return new Size(bytes, bytes);
  }

  @Override
  public void close() {}
}
