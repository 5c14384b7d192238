package dev.pintle.storage.memory;

import dev.pintle.kernel.keyspace.OrderedKv.Bucket;
import dev.pintle.kernel.keyspace.OrderedKv.ReadTransaction;
import dev.pintle.kernel.keyspace.OrderedKv.Visitor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A reader of whatever moment `moment` answers: always the newest, or always the same.
record SnapshotReader(Supplier<BucketSnapshot> moment) implements ReadTransaction {
  @Override
  public byte @Nullable [] get(Bucket bucket, byte[] key) {
    return moment.get().tree(bucket).get(key);
  }

  @Override
  public void scan(Bucket bucket, byte[] from, byte @Nullable [] to, Visitor visitor) {
    moment.get().tree(bucket).scan(from, to, visitor);
  }

  @Override
  public void close() {}
}
