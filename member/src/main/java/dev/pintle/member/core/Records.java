package dev.pintle.member.core;

import dev.pintle.kernel.keyspace.KeyValue;
import dev.pintle.kernel.keyspace.OrderedKv;
import dev.pintle.kernel.keyspace.RecordReader;
import org.jspecify.annotations.Nullable;

/// The finder of records, in the cache and behind it in storage.
final class Records implements RecordReader {
  private final ValueCache cache;
  private final RecordReader stored;

  Records(ValueCache cache, OrderedKv.Reader store) {
    this.cache = cache;
    this.stored = RecordReader.of(store);
  }

  @Override
  public @Nullable KeyValue read(long main, int sub) {
    KeyValue cached = cache.get(main, sub);
    if (cached != null) {
      return cached;
    }
    KeyValue read = stored.read(main, sub);
    if (read != null) {
      cache.put(main, sub, read);
    }
    return read;
  }

  @Override
  public @Nullable KeyValue peek(long main, int sub) {
    return cache.get(main, sub);
  }
}
