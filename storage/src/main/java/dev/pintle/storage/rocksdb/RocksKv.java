package dev.pintle.storage.rocksdb;

import dev.pintle.kernel.keyspace.OrderedKv;
import dev.pintle.kernel.keyspace.StorageFailure;
import dev.pintle.kernel.keyspace.StorageFailure.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.FlushOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/// A store that keeps the buckets in a RocksDB database, one column family each.
public final class RocksKv implements OrderedKv {
  /// So often [#recover] leaves it to RocksDB, which looks for room by itself every few seconds, to go on after a full disk.
  private static final int LEFT_TO_ROCKSDB = 15;

  private final ReopenableDatabase database;
  private final RoomProbe probe;
  private final RocksReader newest;
  private final WriteOptions unlogged = new WriteOptions().setDisableWAL(true);

  private volatile Size lastSize = new Size(0, 0);

  /// Calls of [#recover] that found room, one after the other. For the thread that commits.
  private int foundRoom;

  private RocksKv(ReopenableDatabase database, RoomProbe probe) {
    this.database = database;
    this.probe = probe;
    this.newest = RocksReader.newest(database);
  }

  /// Opens the database in `folder`, which is made if it is missing.
  public static RocksKv open(Path folder, RocksConfig config) {
    RocksDB.loadLibrary();
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw RocksFailures.of(folder, "making the folder", e);
    }
    return new RocksKv(
        ReopenableDatabase.open(folder, config),
        new RoomProbe(folder, config.writeBufferBytes() * config.writeBuffersMax()));
  }

  @Override
  public Reader reader() {
    return newest;
  }

  @Override
  public ReadTransaction beginRead() {
    return RocksReader.now(database);
  }

  @Override
  public Batch beginBatch() {
    return new RocksBatch(database, unlogged);
  }

  @Override
  public void flush() {
    OpenDatabase open = database.enter();
    try (FlushOptions waiting = new FlushOptions().setWaitForFlush(true)) {
      open.database().flush(waiting, List.copyOf(open.families().values()));
    } catch (RocksDBException e) {
      throw RocksFailures.of(open.folder(), "flushing", e);
    } finally {
      open.gate().leave();
    }
  }

  /// RocksDB goes on by itself once a full disk has room, and keeps its memtables until then. Any other failure in the background
  /// makes it take no more writes for good: then it is opened anew, once the disk has shown that it can be written. Until then it
  /// is left open, for it still serves reads.
  @Override
  public void recover(Runnable writeAgain) {
    if (!database.isIncomplete()) {
      Optional<StorageFailure> refusal = refusal();
      if (refusal.isEmpty()) {
        foundRoom = 0;
        return;
      }
      probe.requireWritable();
      if (refusal.get().kind() == Kind.DISK_FULL) {
        probe.requireRoom();
        foundRoom++;
        if (foundRoom <= LEFT_TO_ROCKSDB) {
          throw refusal.get();
        }
      }
    }
    database.reopen(writeAgain);
    foundRoom = 0;
  }

  /// Why no batch is taken, if none is.
  private Optional<StorageFailure> refusal() {
    OpenDatabase open = database.enter();
    try (WriteBatch nothing = new WriteBatch()) {
      open.database().write(unlogged, nothing);
      return Optional.empty();
    } catch (RocksDBException e) {
      return Optional.of(RocksFailures.of(open.folder(), "committing a batch", e));
    } finally {
      open.gate().leave();
    }
  }

  /// While the database is opened anew, what it was before: who asks may not wait.
  @Override
  public Size size() {
    if (database.isIncomplete()) {
      return lastSize;
    }
    Size now = measure();
    lastSize = now;
    return now;
  }

  private Size measure() {
    OpenDatabase open = database.enter();
    try {
      long files = property(open, "rocksdb.total-sst-files-size");
      long memory = property(open, "rocksdb.cur-size-all-mem-tables");
      long live = property(open, "rocksdb.estimate-live-data-size");
      return new Size(files + memory, Math.min(files, live) + memory);
    } catch (RocksDBException e) {
      throw RocksFailures.of(open.folder(), "measuring", e);
    } finally {
      open.gate().leave();
    }
  }

  private static long property(OpenDatabase open, String name) throws RocksDBException {
    long sum = 0;
    for (ColumnFamilyHandle family : open.families().values()) {
      sum += open.database().getLongProperty(family, name);
    }
    return sum;
  }

  /// Without a flush: what was not flushed is in the member's log.
  @Override
  public void close() {
    if (database.close()) {
      newest.release();
      unlogged.close();
    }
  }
}
