package dev.pintle.storage.rocksdb;

import dev.pintle.kernel.keyspace.OrderedKv.Bucket;
import dev.pintle.kernel.keyspace.OrderedKv.ReadTransaction;
import dev.pintle.kernel.keyspace.OrderedKv.Visitor;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;
import org.rocksdb.Snapshot;

/// A reader of the newest batch, or, with a snapshot, of the batches up to it.
final class RocksReader implements ReadTransaction {
  private final ReopenableDatabase database;

  /// The opening that the snapshot is of.
  private final @Nullable OpenDatabase pinned;

  private final @Nullable Snapshot snapshot;
  private final ReadOptions options;

  private RocksReader(
      ReopenableDatabase database, @Nullable OpenDatabase pinned, @Nullable Snapshot snapshot) {
    this.database = database;
    this.pinned = pinned;
    this.snapshot = snapshot;
    this.options = optionsOf(snapshot);
  }

  static RocksReader newest(ReopenableDatabase database) {
    return new RocksReader(database, null, null);
  }

  /// Reads what is there now for as long as it is open.
  static RocksReader now(ReopenableDatabase database) {
    OpenDatabase open = database.enter();
    try {
      return open.track(new RocksReader(database, open, open.database().getSnapshot()));
    } finally {
      open.gate().leave();
    }
  }

  private static ReadOptions optionsOf(@Nullable Snapshot snapshot) {
    ReadOptions options = new ReadOptions();
    return snapshot == null ? options : options.setSnapshot(snapshot);
  }

  private OpenDatabase enter() {
    if (pinned == null) {
      return database.enter();
    }
    if (!pinned.gate().tryEnter()) {
      throw database.replaced();
    }
    return pinned;
  }

  @Override
  public byte @Nullable [] get(Bucket bucket, byte[] key) {
    OpenDatabase open = enter();
    try {
      return open.database().get(open.family(bucket), options, key);
    } catch (RocksDBException e) {
      throw RocksFailures.of(open.folder(), "reading " + bucket, e);
    } finally {
      open.gate().leave();
    }
  }

  @Override
  public void scan(Bucket bucket, byte[] from, byte @Nullable [] to, Visitor visitor) {
    OpenDatabase open = enter();
    try (ReadOptions bounded = optionsOf(snapshot);
        Slice upper = new Slice(to == null ? new byte[0] : to)) {
      if (to != null) {
        bounded.setIterateUpperBound(upper);
      }
      try (RocksIterator cursor = open.database().newIterator(open.family(bucket), bounded)) {
        walk(cursor, from, visitor);
      }
    } catch (RocksDBException e) {
      throw RocksFailures.of(open.folder(), "scanning " + bucket, e);
    } finally {
      open.gate().leave();
    }
  }

  private static void walk(RocksIterator cursor, byte[] from, Visitor visitor)
      throws RocksDBException {
    cursor.seek(from);
    while (cursor.isValid()) {
      if (!visitor.visit(cursor.key(), cursor.value())) {
        return;
      }
      cursor.next();
    }
    cursor.status();
  }

  @Override
  public void close() {
    OpenDatabase open = pinned;
    if (open == null || !open.untrack(this) || !open.gate().tryEnter()) {
      return;
    }
    try {
      release();
    } finally {
      open.gate().leave();
    }
  }

  /// Gives the native memory back; nobody else may be reading through this reader.
  void release() {
    options.close();
    if (snapshot != null && pinned != null) {
      pinned.database().releaseSnapshot(snapshot);
      snapshot.close();
    }
  }
}
