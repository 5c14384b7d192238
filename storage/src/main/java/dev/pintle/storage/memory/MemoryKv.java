package dev.pintle.storage.memory;

import dev.pintle.kernel.keyspace.OrderedKv;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/// Keeps everything in memory and nothing beyond the process; a flush has nothing to do.
public final class MemoryKv implements OrderedKv {
  /// Batches may be committed by several threads, one after the other.
  private final ReentrantLock committing = new ReentrantLock();

  private volatile Moment newest = Moment.EMPTY;

  @Override
  public Reader reader() {
    return new MomentReader(() -> newest);
  }

  @Override
  public ReadTransaction beginRead() {
    Moment now = newest;
    return new MomentReader(() -> now);
  }

  @Override
  public Batch beginBatch() {
    return new MemoryBatch(this::commit);
  }

  private void commit(List<Write> writes) {
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
  public Size size() {
    long bytes = newest.bytes();
    return new Size(bytes, bytes);
  }

  @Override
  public void close() {}
}
