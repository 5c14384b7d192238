package dev.pintle.storage.sqlite;

import static java.util.Objects.requireNonNull;

import dev.pintle.kernel.keyspace.OrderedKv.Bucket;
import dev.pintle.kernel.keyspace.OrderedKv.Visitor;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A connection that reads, with its prepared statements. For one thread at a time.
final class ReadConnection {
  private final Connection connection;
  private final Map<Bucket, PreparedStatement> gets = new EnumMap<>(Bucket.class);
  private final Map<Bucket, PreparedStatement> scans = new EnumMap<>(Bucket.class);
  private final Map<Bucket, PreparedStatement> openScans = new EnumMap<>(Bucket.class);

  ReadConnection(Connection connection) throws SQLException {
    this.connection = connection;
    for (Bucket bucket : Bucket.values()) {
      String table = SqliteConnections.table(bucket);
      gets.put(
          bucket, connection.prepareStatement("SELECT v FROM %s WHERE k = ?".formatted(table)));
      scans.put(
          bucket,
          connection.prepareStatement(
              "SELECT k, v FROM %s WHERE k >= ? AND k < ? ORDER BY k".formatted(table)));
      openScans.put(
          bucket,
          connection.prepareStatement(
              "SELECT k, v FROM %s WHERE k >= ? ORDER BY k".formatted(table)));
    }
  }

  byte @Nullable [] get(Bucket bucket, byte[] key) throws SQLException {
    PreparedStatement get = requireNonNull(gets.get(bucket));
    get.setBytes(1, key);
    try (ResultSet found = get.executeQuery()) {
      return found.next() ? bytes(found, 1) : null;
    }
  }

  void scan(Bucket bucket, byte[] from, byte @Nullable [] to, Visitor visitor) throws SQLException {
    PreparedStatement scan = requireNonNull((to == null ? openScans : scans).get(bucket));
    scan.setBytes(1, from);
    if (to != null) {
      scan.setBytes(2, to);
    }
    try (ResultSet found = scan.executeQuery()) {
      while (found.next()) {
        if (!visitor.visit(bytes(found, 1), bytes(found, 2))) {
          return;
        }
      }
    }
  }

  /// JDBC has null for an empty blob.
  private static byte[] bytes(ResultSet found, int column) throws SQLException {
    byte @Nullable [] bytes = found.getBytes(column);
    return bytes == null ? new byte[0] : bytes;
  }

  /// Stays at this moment until [#endMoment]. A transaction of SQLite begins with its first read.
  void beginMoment() throws SQLException {
    SqliteConnections.run(connection, "BEGIN");
    get(Bucket.META, new byte[0]);
  }

  void endMoment() throws SQLException {
    SqliteConnections.run(connection, "COMMIT");
  }

  /// Bytes of the pages that hold something.
  long bytesInUse() throws SQLException {
    return (number("page_count") - number("freelist_count")) * number("page_size");
  }

  private long number(String pragma) throws SQLException {
    try (PreparedStatement asked = connection.prepareStatement("PRAGMA " + pragma);
        ResultSet found = asked.executeQuery()) {
      return found.next() ? found.getLong(1) : 0;
    }
  }

  void close() throws SQLException {
    connection.close();
  }
}
