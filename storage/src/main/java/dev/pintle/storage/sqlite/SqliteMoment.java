package dev.pintle.storage.sqlite;

import dev.pintle.kernel.keyspace.OrderedKv.Bucket;
import dev.pintle.kernel.keyspace.OrderedKv.ReadTransaction;
import dev.pintle.kernel.keyspace.OrderedKv.Visitor;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/// A read transaction: a connection of its own that stays at its moment. While it is open the write-ahead log cannot begin anew, and
/// grows with what is written.
final class SqliteMoment implements ReadTransaction {
  private final ReadConnections pool;
  private final ReadConnection lent;
  private boolean over;

  private SqliteMoment(ReadConnections pool, ReadConnection lent) {
    this.pool = pool;
    this.lent = lent;
  }

  static SqliteMoment begin(ReadConnections pool) {
    ReadConnection lent = pool.lend();
    try {
      lent.beginMoment();
      return new SqliteMoment(pool, lent);
    } catch (SQLException e) {
      pool.drop(lent);
      throw SqliteFailures.of(pool.file(), "beginning to read", e);
    }
  }

  private void requireOpen() {
    pool.requireOpen();
    if (over) {
      throw SqliteFailures.closed(pool.file());
    }
  }

  @Override
  public byte @Nullable [] get(Bucket bucket, byte[] key) {
    requireOpen();
    try {
      return lent.get(bucket, key);
    } catch (SQLException e) {
      throw SqliteFailures.of(pool.file(), "reading " + bucket, e);
    }
  }

  @Override
  public void scan(Bucket bucket, byte[] from, byte @Nullable [] to, Visitor visitor) {
    requireOpen();
    try {
      lent.scan(bucket, from, to, visitor);
    } catch (SQLException e) {
      throw SqliteFailures.of(pool.file(), "scanning " + bucket, e);
    }
  }

  @Override
  public void close() {
    if (over) {
      return;
    }
    over = true;
    try {
      lent.endMoment();
    } catch (SQLException unknown) {
      pool.drop(lent);
      return;
    }
    pool.takeBack(lent);
  }
}
