package dev.pintle.member;

import dev.pintle.kernel.keyspace.OrderedKv;
import dev.pintle.kernel.keyspace.StorageFailure;
import dev.pintle.storage.memory.MemoryKv;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// A store that is opened anew behind the back of those who have begun to read, and that notes who reads it in the middle of a scan.
public final class ReopenedKv implements OrderedKv {
  /// How many of the next transactions find the store opened anew.
  public final AtomicInteger reopenings = new AtomicInteger();

  /// Reads by the visitor of a scan.
  public final AtomicInteger nestedReads = new AtomicInteger();

  private final MemoryKv kept = new MemoryKv();
  private final Set<Thread> scanning = ConcurrentHashMap.newKeySet();

  /// What is read through it is watched.
  private final class Watched implements ReadTransaction {
    private final Reader reader;
    private final AtomicBoolean reopened;

    Watched(Reader reader, boolean reopened) {
      this.reader = reader;
      this.reopened = new AtomicBoolean(reopened);
    }

    private void note() {
      if (scanning.contains(Thread.currentThread())) {
        nestedReads.incrementAndGet();
      }
      if (reopened.get()) {
        throw new StorageFailure(StorageFailure.Kind.REOPENED, "pretended store", "on purpose");
      }
    }

    @Override
    public byte @Nullable [] get(Bucket bucket, byte[] key) {
      note();
      return reader.get(bucket, key);
    }

    @Override
    public void scan(Bucket bucket, byte[] from, byte @Nullable [] to, Visitor visitor) {
      note();
      scanning.add(Thread.currentThread());
      try {
        reader.scan(bucket, from, to, visitor);
      } finally {
        scanning.remove(Thread.currentThread());
      }
    }

    @Override
    public void close() {
      if (reader instanceof ReadTransaction transaction) {
        transaction.close();
      }
    }
  }

  @Override
  public Reader reader() {
    return new Watched(kept.reader(), false);
  }

  @Override
  public ReadTransaction beginRead() {
    return new Watched(kept.beginRead(), reopenings.getAndUpdate(n -> Math.max(0, n - 1)) > 0);
  }

  @Override
  public Batch beginBatch() {
    return kept.beginBatch();
  }

  @Override
  public void flush() {
    kept.flush();
  }

  @Override
  public void recover(Runnable writeAgain) {
    kept.recover(writeAgain);
  }

  @Override
  public Size size() {
    return kept.size();
  }

  @Override
  public void close() {
    kept.close();
  }
}
