package dev.pintle.storage.memory;

import dev.pintle.kernel.keyspace.OrderedKv.Batch;
import dev.pintle.kernel.keyspace.OrderedKv.Bucket;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// A collector of writes that hands them over whole.
final class MemoryBatch implements Batch {
  private final Consumer<? super List<BatchWrite>> target;
  private final List<BatchWrite> writes = new ArrayList<>();

  MemoryBatch(Consumer<? super List<BatchWrite>> target) {
    this.target = target;
  }

  @Override
  public void put(Bucket bucket, byte[] key, byte[] value) {
    writes.add(new BatchWrite(bucket, key, value));
  }

  @Override
  public void delete(Bucket bucket, byte[] key) {
    writes.add(new BatchWrite(bucket, key, null));
  }

  @Override
  public void commit() {
    target.accept(List.copyOf(writes));
    writes.clear();
  }

  @Override
  public void close() {
    writes.clear();
  }
}
