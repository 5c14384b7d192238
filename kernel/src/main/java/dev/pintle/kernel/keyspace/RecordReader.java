package dev.pintle.kernel.keyspace;

import org.jspecify.annotations.Nullable;

/// The place where the key-values that the index points to are fetched. `main` and `sub` name a write: the revision,
/// and the place among the writes of that revision.
@FunctionalInterface
public interface RecordReader {
  /// The key-value written there, from memory or disk; null when compaction took it away.
  @Nullable KeyValue read(long main, int sub);

  /// As [#read], or null when that would need the disk.
  default @Nullable KeyValue peek(long main, int sub) {
    return read(main, sub);
  }

  /// Reads what `store` holds.
  static RecordReader of(OrderedKv.Reader store) {
    return (main, sub) -> {
      byte[] record = store.get(OrderedKv.Bucket.REVISIONS, RevisionKey.encode(main, sub));
      return record == null ? null : StoredRecord.decode(main, record).keyValue();
    };
  }
}
