package dev.pintle.storage.rocksdb;

import dev.pintle.kernel.keyspace.OrderedKv;
import dev.pintle.kernel.keyspace.StorageFailure;
import dev.pintle.kernel.keyspace.StorageFailure.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.FlushOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteOptions;

/// A store that keeps the buckets in a RocksDB database, one column family each.
public final class RocksKv implements OrderedKv {
  /// RocksDB insists on a family of this name; it stays empty.
  private static final String UNUSED_FAMILY = "default";

  private final RocksOptions options;
  private final OpenDatabase open;
  private final ColumnFamilyHandle unused;
  private final RocksReader newest;
  private final WriteOptions unlogged = new WriteOptions().setDisableWAL(true);

  private RocksKv(RocksOptions options, OpenDatabase open, ColumnFamilyHandle unused) {
    this.options = options;
    this.open = open;
    this.unused = unused;
    this.newest = RocksReader.newest(open);
  }

  /// Opens the database in `folder`, which is made if it is missing.
  public static RocksKv open(Path folder, RocksConfig config) {
    RocksDB.loadLibrary();
    RocksOptions options = new RocksOptions(config);
    try {
      Files.createDirectories(folder);
      return open(folder, options);
    } catch (RocksDBException e) {
      options.close();
      throw RocksFailures.of(folder, "opening", e);
    } catch (IOException e) {
      options.close();
      throw new StorageFailure(Kind.IO, folder.toString(), "making the folder: " + e, e);
    }
  }

  private static RocksKv open(Path folder, RocksOptions options) throws RocksDBException {
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
    return new RocksKv(options, OpenDatabase.of(folder, database, families), unused);
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

  @Override
  public Reader reader() {
    return newest;
  }

  @Override
  public ReadTransaction beginRead() {
    return RocksReader.now(open);
  }

  @Override
  public Batch beginBatch() {
    return new RocksBatch(open, unlogged);
  }

  @Override
  public void flush() {
    open.gate().enter();
    try (FlushOptions waiting = new FlushOptions().setWaitForFlush(true)) {
      open.database().flush(waiting, List.copyOf(open.families().values()));
    } catch (RocksDBException e) {
      throw RocksFailures.of(open.folder(), "flushing", e);
    } finally {
      open.gate().leave();
    }
  }

  @Override
  public Size size() {
    open.gate().enter();
    try {
      long files = property("rocksdb.total-sst-files-size");
      long memory = property("rocksdb.cur-size-all-mem-tables");
      long live = property("rocksdb.estimate-live-data-size");
      return new Size(files + memory, Math.min(files, live) + memory);
    } catch (RocksDBException e) {
      throw RocksFailures.of(open.folder(), "measuring", e);
    } finally {
      open.gate().leave();
    }
  }

  private long property(String name) throws RocksDBException {
    long sum = 0;
    for (ColumnFamilyHandle family : open.families().values()) {
      sum += open.database().getLongProperty(family, name);
    }
    return sum;
  }

  /// Without a flush: what was not flushed is in the member's log.
  @Override
  public void close() {
    unused.close();
    if (open.close()) {
      newest.release();
      unlogged.close();
      options.close();
    }
  }
}
