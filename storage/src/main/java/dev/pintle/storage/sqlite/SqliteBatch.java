package dev.pintle.storage.sqlite;

import dev.pintle.kernel.keyspace.OrderedKv.Batch;
import dev.pintle.kernel.keyspace.OrderedKv.Bucket;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes that wait in memory for the one transaction that makes them.
final class SqliteBatch implements Batch {
  private final SqliteWriter writer;
  private final List<Change> changes = new ArrayList<>();

  /// A write of one key.
  ///
  /// @param value null to take the key away
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Change(Bucket bucket, byte[] key, byte @Nullable [] value) {}

  SqliteBatch(SqliteWriter writer) {
    this.writer = writer;
  }

  @Override
  public void put(Bucket bucket, byte[] key, byte[] value) {
    changes.add(new Change(bucket, key, value));
  }

  @Override
  public void delete(Bucket bucket, byte[] key) {
    changes.add(new Change(bucket, key, null));
  }

  @Override
  public void commit() {
    writer.commit(changes);
    changes.clear();
  }

  @Override
  public void close() {
    changes.clear();
  }
}
