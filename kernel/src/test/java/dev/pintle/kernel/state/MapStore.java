package dev.pintle.kernel.state;

import static java.util.Objects.requireNonNull;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.keyspace.OrderedKv;
import dev.pintle.kernel.keyspace.OrderedKv.Bucket;
import java.util.EnumMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Storage for tests of the kernel alone: maps, written at once.
public final class MapStore implements OrderedKv.Reader, OrderedKv.Writer {
  private final Map<Bucket, NavigableMap<Bytes, byte[]>> buckets = new EnumMap<>(Bucket.class);

  public MapStore() {
    for (Bucket bucket : Bucket.values()) {
      buckets.put(bucket, new TreeMap<>());
    }
  }

  public NavigableMap<Bytes, byte[]> bucket(Bucket bucket) {
    return requireNonNull(buckets.get(bucket));
  }

  @Override
  public byte @Nullable [] get(Bucket bucket, byte[] key) {
    return bucket(bucket).get(Bytes.wrap(key));
  }

  @Override
  public void scan(Bucket bucket, byte[] from, byte @Nullable [] to, OrderedKv.Visitor visitor) {
    for (var entry : bucket(bucket).tailMap(Bytes.wrap(from)).entrySet()) {
      boolean beyond = to != null && entry.getKey().compareTo(Bytes.wrap(to)) >= 0;
      if (beyond || !visitor.visit(entry.getKey().array(), entry.getValue())) {
        return;
      }
    }
  }

  @Override
  public void put(Bucket bucket, byte[] key, byte[] value) {
    bucket(bucket).put(Bytes.wrap(key), value);
  }

  @Override
  public void delete(Bucket bucket, byte[] key) {
    bucket(bucket).remove(Bytes.wrap(key));
  }
}
