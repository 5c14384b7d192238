package dev.pintle.storage.rocksdb;

import dev.pintle.kernel.keyspace.OrderedKv.Bucket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/// The native database with what readers need to use it, and those of them that hold native memory.
///
/// @param unused the family that RocksDB insists on
record OpenDatabase(
    Path folder,
    RocksOptions options,
    RocksDB database,
    Map<Bucket, ColumnFamilyHandle> families,
    ColumnFamilyHandle unused,
    Gate gate,
    Set<RocksReader> transactions) {
  /// RocksDB insists on a family of this name; it stays empty.
  private static final String UNUSED_FAMILY = "default";

  OpenDatabase {
    families = new EnumMap<>(families);
  }

  /// Opens the database in `folder`, or makes one.
  static OpenDatabase open(Path folder, RocksConfig config) {
    RocksOptions options = new RocksOptions(config);
    try {
      return open(folder, options);
    } catch (RocksDBException e) {
      options.close();
      throw RocksFailures.of(folder, "opening", e);
    }
  }

  private static OpenDatabase open(Path folder, RocksOptions options) throws RocksDBException {
    List<ColumnFamilyDescriptor> wanted = new ArrayList<>();
    for (Bucket bucket : Bucket.values()) {
      wanted.add(new ColumnFamilyDescriptor(nameOf(bucket), options.bucket()));
    }
    wanted.add(
        new ColumnFamilyDescriptor(
            UNUSED_FAMILY.getBytes(StandardCharsets.UTF_8), options.bucket()));
    List<ColumnFamilyHandle> handles = new ArrayList<>();
    RocksDB database = RocksDB.open(options.database(), folder.toString(), wanted, handles);
    ColumnFamilyHandle unused = handles.removeLast();
    Map<Bucket, ColumnFamilyHandle> families = new EnumMap<>(Bucket.class);
    for (Bucket bucket : Bucket.values()) {
      families.put(bucket, handles.get(families.size()));
    }
    return new OpenDatabase(
        folder, options, database, families, unused, new Gate(), ConcurrentHashMap.newKeySet());
  }

  private static byte[] nameOf(Bucket bucket) {
    String name =
        switch (bucket) {
          case REVISIONS -> "revisions";
          case META -> "meta";
          case LEASES -> "leases";
        };
    return name.getBytes(StandardCharsets.UTF_8);
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

  /// Frees everything once nobody is inside; answers false when that was done before. Without a flush: what was not flushed is in
  /// the member's log.
  boolean close() {
    if (!gate.close()) {
      return false;
    }
    transactions.forEach(RocksReader::release);
    transactions.clear();
    families.values().forEach(ColumnFamilyHandle::close);
    unused.close();
    database.close();
    options.close();
    return true;
  }
}
