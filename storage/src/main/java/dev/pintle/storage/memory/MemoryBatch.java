package dev.pintle.storage.memory;

import dev.pintle.kernel.keyspace.OrderedKv.Batch;
import dev.pintle.kernel.keyspace.OrderedKv.Bucket;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Collects writes and hands them over whole.
final class MemoryBatch implements Batch {
  private final Consumer<? super List<Write>> target;
  private final List<Write> writes = new ArrayList<>();

  MemoryBatch(Consumer<? super List<Write>> target) {
    this.target = target;
  }

  @Override
  public void put(Bucket bucket, byte[] key, byte[] value) {
    writes.add(new Write(bucket, key, value));
  }

  @Override
  public void delete(Bucket bucket, byte[] key) {
    writes.add(new Write(bucket, key, null));
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
