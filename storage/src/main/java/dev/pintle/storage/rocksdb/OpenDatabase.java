package dev.pintle.storage.rocksdb;

import dev.pintle.kernel.keyspace.OrderedKv.Bucket;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.RocksDB;

/// The native database with what readers need to use it, and those of them that hold native memory.
///
record OpenDatabase(
    Path folder,
    RocksDB database,
    Map<Bucket, ColumnFamilyHandle> families,
    Gate gate,
    Set<RocksReader> transactions) {
  OpenDatabase {
    families = new EnumMap<>(families);
  }

  static OpenDatabase of(Path folder, RocksDB database, Map<Bucket, ColumnFamilyHandle> families) {
    return new OpenDatabase(
        folder, database, families, new Gate(folder.toString()), ConcurrentHashMap.newKeySet());
  }

  ColumnFamilyHandle family(Bucket bucket) {
    ColumnFamilyHandle family = families.get(bucket);
    if (family == null) {
      throw new IllegalArgumentException("bucket: %s (expected: opened)".formatted(bucket));
    }
    return family;
  }

  RocksReader track(RocksReader reader) {
    transactions.add(reader);
    return reader;
  }

  boolean untrack(RocksReader reader) {
    return transactions.remove(reader);
  }

  /// Frees everything once nobody is inside; answers false when that was done before.
  boolean close() {
    if (!gate.close()) {
      return false;
    }
    transactions.forEach(RocksReader::release);
    transactions.clear();
    families.values().forEach(ColumnFamilyHandle::close);
    database.close();
    return true;
  }
}
