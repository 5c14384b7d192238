package dev.pintle.storage.sqlite;

import dev.pintle.kernel.keyspace.OrderedKv;
import dev.pintle.kernel.keyspace.StorageFailure;
import dev.pintle.kernel.keyspace.StorageFailure.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.locks.ReentrantLock;

/// A store that keeps the buckets in the tables of one SQLite database, `store.db`.
public final class SqliteKv implements OrderedKv {
  private static final String NAME = "store.db";

  private final Path file;
  private final SqliteWriter writer;
  private final ReadConnections readers;
  private final Connection checkpoints;
  private final ReentrantLock checkpointing = new ReentrantLock();

  private SqliteKv(Path file, SqliteWriter writer, Connection checkpoints) {
    this.file = file;
    this.writer = writer;
    this.checkpoints = checkpoints;
    this.readers = new ReadConnections(file);
  }

  /// Opens the database in `folder`, or makes one.
  ///
  /// @param cacheBytes of pages that the writer keeps in memory
  public static SqliteKv open(Path folder, long cacheBytes) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new StorageFailure(Kind.IO, folder.toString(), "making the folder: " + e, e);
    }
    Path file = folder.resolve(NAME);
    SqliteWriter writer = SqliteWriter.open(file, cacheBytes);
    try {
      return new SqliteKv(file, writer, SqliteConnections.writing(file, 1 << 20));
    } catch (SQLException e) {
      writer.close();
      throw SqliteFailures.of(file, "opening", e);
    }
  }

  @Override
  public Reader reader() {
    return readers;
  }

  @Override
  public ReadTransaction beginRead() {
    return SqliteMoment.begin(readers);
  }

  @Override
  public Batch beginBatch() {
    return new SqliteBatch(writer);
  }

  /// Commits wait for the force, and not for the pages that are brought from the log to the file afterwards.
  @Override
  public void flush() {
    writer.flush();
    checkpointing.lock();
    try {
      readers.requireOpen();
      SqliteConnections.run(checkpoints, "PRAGMA wal_checkpoint(PASSIVE)");
    } catch (SQLException e) {
      throw SqliteFailures.of(file, "bringing the log to the file", e);
    } finally {
      checkpointing.unlock();
    }
  }

  /// A transaction that failed was taken back whole, so nothing is written again.
  @Override
  public void recover(Runnable writeAgain) {
    writer.recover();
  }

  /// A bound on the size of the file, beyond which SQLite says that the disk is full; for tests.
  void limitPages(int pages) {
    writer.limitPages(pages);
  }

  @Override
  public Size size() {
    long total = 0;
    for (String name : new String[] {NAME, NAME + "-wal"}) {
      Path each = file.resolveSibling(name);
      try {
        total += Files.exists(each) ? Files.size(each) : 0;
      } catch (IOException gone) {
        // between the two looks
      }
    }
    return new Size(total, Math.min(total, inUse()));
  }

  private long inUse() {
    ReadConnection lent = readers.lend();
    try {
      return lent.bytesInUse();
    } catch (SQLException e) {
      throw SqliteFailures.of(file, "measuring", e);
    } finally {
      readers.takeBack(lent);
    }
  }

  @Override
  public void close() {
    readers.close();
    checkpointing.lock();
    try {
      if (writer.close()) {
        checkpoints.close();
      }
    } catch (SQLException e) {
      throw SqliteFailures.of(file, "closing", e);
    } finally {
      checkpointing.unlock();
    }
  }
}
