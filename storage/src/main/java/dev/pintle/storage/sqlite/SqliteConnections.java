package dev.pintle.storage.sqlite;

import dev.pintle.kernel.keyspace.OrderedKv.Bucket;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;

/// The opening of a connection to the database file, and the names of what is in it.
final class SqliteConnections {
  private static final int BUSY_MILLIS_MAX = 10_000;

  /// Pages that may wait in the write-ahead log before a commit brings them over itself; a flush usually does it earlier.
  private static final int LOGGED_PAGES_MAX = 16_384;

  private SqliteConnections() {}

  static Connection writing(Path file, long cacheBytes) throws SQLException {
    SQLiteConfig config = config(cacheBytes);
    config.setJournalMode(JournalMode.WAL);
    // A commit forces nothing; bringing pages over forces the log first, so the file never holds a
    // part of a transaction.
    config.setSynchronous(SynchronousMode.NORMAL);
    Connection connection = config.createConnection(url(file));
    run(connection, "PRAGMA wal_autocheckpoint=" + LOGGED_PAGES_MAX);
    return connection;
  }

  static Connection reading(Path file) throws SQLException {
    SQLiteConfig config = config(2 << 20);
    config.setReadOnly(true);
    return config.createConnection(url(file));
  }

  private static SQLiteConfig config(long cacheBytes) {
    SQLiteConfig config = new SQLiteConfig();
    config.setBusyTimeout(BUSY_MILLIS_MAX);
    // Negative: in units of 1024 bytes, not in pages.
    config.setCacheSize((int) -Math.max(1, Math.min(Integer.MAX_VALUE, cacheBytes / 1024)));
    return config;
  }

  private static String url(Path file) {
    return "jdbc:sqlite:" + file;
  }

  static void run(Connection connection, String text) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(text);
    }
  }

  static String table(Bucket bucket) {
    return switch (bucket) {
      case REVISIONS -> "revisions";
      case META -> "meta";
      case LEASES -> "leases";
    };
  }
}
