package dev.pintle.storage.rocksdb;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.keyspace.OrderedKv.Batch;
import dev.pintle.kernel.keyspace.OrderedKv.Bucket;
import java.nio.ByteBuffer;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/// Writes that RocksDB takes as one.
final class RocksBatch implements Batch {
  /// Larger values are written from an array: the room for one of them is not worth keeping.
  private static final int APART_BYTES_MAX = 4 << 20;

  private final ReopenableDatabase database;
  private final WriteOptions options;
  private final WriteBatch writes = new WriteBatch();

  /// What a large value lies in until RocksDB has copied it, outside the heap. Kept from one to the next.
  private ByteBuffer apart = ByteBuffer.allocateDirect(0);

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
  public void put(Bucket bucket, byte[] key, byte[] head, Bytes body) {
    int bytes = key.length + head.length + body.size();
    if (bytes > APART_BYTES_MAX) {
      Batch.super.put(bucket, key, head, body);
      return;
    }
    ByteBuffer value = room(bytes).put(key);
    ByteBuffer nativeKey = value.duplicate().flip();
    value.put(head).put(body.array(), 0, body.size()).flip().position(key.length);
    OpenDatabase open = database.enter();
    try {
      writes.put(open.family(bucket), nativeKey, value);
    } catch (RocksDBException e) {
      throw RocksFailures.of(open.folder(), "writing " + bucket, e);
    } finally {
      open.gate().leave();
    }
  }

  private ByteBuffer room(int bytes) {
    if (apart.capacity() < bytes) {
      apart = ByteBuffer.allocateDirect(Math.min(APART_BYTES_MAX, 2 * bytes));
    }
    return apart.clear();
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
