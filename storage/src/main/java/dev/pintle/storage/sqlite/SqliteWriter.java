package dev.pintle.storage.sqlite;

import dev.pintle.kernel.keyspace.OrderedKv.Bucket;
import dev.pintle.kernel.keyspace.StorageFailure;
import dev.pintle.storage.sqlite.SqliteBatch.Change;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/// The one connection that writes.
final class SqliteWriter {
  private static final int FORMAT = 1;

  /// "PTKV", by which other programs can tell whose file it is.
  private static final int APPLICATION = 0x50544b56;

  private final Path file;
  private final long cacheBytes;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Bucket, PreparedStatement> puts = new EnumMap<>(Bucket.class);
  private final Map<Bucket, PreparedStatement> deletes = new EnumMap<>(Bucket.class);
  private Connection connection;
  private boolean closed;

  private SqliteWriter(Path file, long cacheBytes, Connection connection) {
    this.file = file;
    this.cacheBytes = cacheBytes;
    this.connection = connection;
  }

  static SqliteWriter open(Path file, long cacheBytes) {
    try {
      Connection connection = SqliteConnections.writing(file, cacheBytes);
      SqliteWriter writer = new SqliteWriter(file, cacheBytes, connection);
      try {
        writer.makeTables();
        writer.prepare();
        return writer;
      } catch (SQLException unusable) {
        connection.close();
        throw unusable;
      }
    } catch (SQLException e) {
      throw SqliteFailures.of(file, "opening", e);
    }
  }

  private void makeTables() throws SQLException {
    int format;
    try (var asked = connection.createStatement();
        var found = asked.executeQuery("PRAGMA user_version")) {
      format = found.next() ? found.getInt(1) : 0;
    }
    if (format > FORMAT) {
      throw new SQLException(
          "format version: %d (expected: at most %d; a newer program wrote it)"
              .formatted(format, FORMAT));
    }
    if (format == FORMAT) {
      return;
    }
    SqliteConnections.run(connection, "BEGIN IMMEDIATE");
    for (Bucket bucket : Bucket.values()) {
      SqliteConnections.run(
          connection,
          "CREATE TABLE %s (k BLOB NOT NULL PRIMARY KEY, v BLOB NOT NULL) WITHOUT ROWID"
              .formatted(SqliteConnections.table(bucket)));
    }
    SqliteConnections.run(connection, "CREATE TABLE flushes (n INTEGER NOT NULL)");
    SqliteConnections.run(connection, "INSERT INTO flushes VALUES (0)");
    SqliteConnections.run(connection, "PRAGMA application_id=" + APPLICATION);
    SqliteConnections.run(connection, "PRAGMA user_version=" + FORMAT);
    SqliteConnections.run(connection, "COMMIT");
  }

  private void prepare() throws SQLException {
    for (PreparedStatement before : puts.values()) {
      before.close();
    }
    for (PreparedStatement before : deletes.values()) {
      before.close();
    }
    for (Bucket bucket : Bucket.values()) {
      String table = SqliteConnections.table(bucket);
      puts.put(
          bucket,
          connection.prepareStatement(
              "INSERT INTO %s (k, v) VALUES (?, ?) ON CONFLICT (k) DO UPDATE SET v = excluded.v"
                  .formatted(table)));
      deletes.put(
          bucket, connection.prepareStatement("DELETE FROM %s WHERE k = ?".formatted(table)));
    }
  }

  void commit(List<Change> changes) {
    locked(
        "committing a batch",
        () -> {
          SqliteConnections.run(connection, "BEGIN IMMEDIATE");
          for (Change change : changes) {
            apply(change);
          }
          SqliteConnections.run(connection, "COMMIT");
        });
  }

  private void apply(Change change) throws SQLException {
    byte[] value = change.value();
    PreparedStatement statement = (value == null ? deletes : puts).get(change.bucket());
    if (statement == null) {
      throw new SQLException("no statement could be prepared since the last failure");
    }
    statement.setBytes(1, change.key());
    if (value != null) {
      statement.setBytes(2, value);
    }
    statement.executeUpdate();
  }

  /// A commit that is forced carries everything before it along: it is behind it in the same log, or in the file that was forced
  /// when the log began anew.
  void flush() {
    locked(
        "flushing",
        () -> {
          SqliteConnections.run(connection, "PRAGMA synchronous=FULL");
          try {
            SqliteConnections.run(connection, "BEGIN IMMEDIATE");
            SqliteConnections.run(connection, "UPDATE flushes SET n = n + 1");
            SqliteConnections.run(connection, "COMMIT");
          } finally {
            rollBack();
            SqliteConnections.run(connection, "PRAGMA synchronous=NORMAL");
          }
        });
  }

  /// Takes up writing again after a failure, with a new connection where the old one does not.
  void recover() {
    try {
      flush();
    } catch (StorageFailure still) {
      if (still.kind() != StorageFailure.Kind.IO) {
        throw still;
      }
      reconnect();
      flush();
    }
  }

  private void reconnect() {
    locked(
        "opening it anew",
        () -> {
          Connection before = connection;
          puts.clear();
          deletes.clear();
          connection = SqliteConnections.writing(file, cacheBytes);
          prepare();
          before.close();
        });
  }

  void limitPages(int pages) {
    locked("limiting", () -> SqliteConnections.run(connection, "PRAGMA max_page_count=" + pages));
  }

  /// A piece of work with the connection.
  @FunctionalInterface
  private interface Work {
    void run() throws SQLException;
  }

  private void locked(String doing, Work work) {
    lock.lock();
    try {
      if (closed) {
        throw SqliteFailures.closed(file);
      }
      work.run();
    } catch (SQLException e) {
      rollBack();
      renew();
      throw SqliteFailures.of(file, doing, e);
    } finally {
      lock.unlock();
    }
  }

  /// A statement that failed cannot be used again.
  private void renew() {
    try {
      prepare();
    } catch (SQLException broken) {
      // What comes next meets it, and is told.
      puts.clear();
      deletes.clear();
    }
  }

  /// Where a transaction is open; without one SQLite refuses, and there is nothing to take back.
  private void rollBack() {
    try {
      SqliteConnections.run(connection, "ROLLBACK");
    } catch (SQLException nothingOpen) {
      // as it should be
    }
  }

  /// Answers false when it was closed before.
  boolean close() {
    lock.lock();
    try {
      if (closed) {
        return false;
      }
      closed = true;
      connection.close();
      return true;
    } catch (SQLException e) {
      throw SqliteFailures.of(file, "closing", e);
    } finally {
      lock.unlock();
    }
  }
}
