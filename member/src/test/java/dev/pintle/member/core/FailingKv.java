package dev.pintle.member.core;

import dev.pintle.kernel.keyspace.OrderedKv;
import dev.pintle.kernel.keyspace.StorageFailure;
import dev.pintle.storage.memory.MemoryKv;

/// A store in memory whose disk can fill up.
final class FailingKv implements OrderedKv {
  private final MemoryKv kept = new MemoryKv();
  boolean full;

  @Override
  public Reader reader() {
    return kept.reader();
  }

  @Override
  public ReadTransaction beginRead() {
    return kept.beginRead();
  }

  @Override
  public Batch beginBatch() {
    Batch batch = kept.beginBatch();
    return new Batch() {
      @Override
      public void put(Bucket bucket, byte[] key, byte[] value) {
        batch.put(bucket, key, value);
      }

      @Override
      public void delete(Bucket bucket, byte[] key) {
        batch.delete(bucket, key);
      }

      @Override
      public void commit() {
        if (full) {
          throw new StorageFailure(StorageFailure.Kind.DISK_FULL, "store", "no space left");
        }
        batch.commit();
      }

      @Override
      public void close() {
        batch.close();
      }
    };
  }

  @Override
  public void flush() {
    kept.flush();
  }

  @Override
  public Size size() {
    return kept.size();
  }

  @Override
  public void close() {}
}
