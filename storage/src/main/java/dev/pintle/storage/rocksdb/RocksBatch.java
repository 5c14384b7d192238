package dev.pintle.storage.rocksdb;

import dev.pintle.kernel.keyspace.OrderedKv.Batch;
import dev.pintle.kernel.keyspace.OrderedKv.Bucket;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/// Writes that RocksDB takes as one.
final class RocksBatch implements Batch {
  private final ReopenableDatabase database;
  private final WriteOptions options;
  private final WriteBatch writes = new WriteBatch();

  RocksBatch(ReopenableDatabase database, WriteOptions options) {
    this.database = database;
    this.options = options;
  }

  @Override
  public void put(Bucket bucket, byte[] key, byte[] value) {
    OpenDatabase open = database.enter();
    try {
      writes.put(open.family(bucket), key, value);
    } catch (RocksDBException e) {
      throw RocksFailures.of(open.folder(), "writing " + bucket, e);
    } finally {
      open.gate().leave();
    }
  }

  @Override
  public void delete(Bucket bucket, byte[] key) {
    OpenDatabase open = database.enter();
    try {
      writes.delete(open.family(bucket), key);
    } catch (RocksDBException e) {
      throw RocksFailures.of(open.folder(), "deleting from " + bucket, e);
    } finally {
      open.gate().leave();
    }
  }

  @Override
  public void commit() {
    OpenDatabase open = database.enter();
    try {
      open.database().write(options, writes);
      writes.clear();
    } catch (RocksDBException e) {
      throw RocksFailures.of(open.folder(), "committing a batch", e);
    } finally {
      open.gate().leave();
    }
  }

  @Override
  public void close() {
    writes.close();
  }
}
