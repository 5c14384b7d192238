package dev.pintle.storage.sqlite;

import dev.pintle.kernel.keyspace.OrderedKv.Bucket;
import dev.pintle.kernel.keyspace.OrderedKv.Reader;
import dev.pintle.kernel.keyspace.OrderedKv.Visitor;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// The pool of connections that read. Each is lent to one thread, or to one read transaction; there are as many as are needed at once,
/// and a few wait for the next.
final class ReadConnections implements Reader {
  private static final int IDLE_MAX = 16;

  private final Path file;
  private final ConcurrentLinkedDeque<ReadConnection> idle = new ConcurrentLinkedDeque<>();
  private final AtomicInteger idleCount = new AtomicInteger();
  private volatile boolean closed;

  ReadConnections(Path file) {
    this.file = file;
  }

  Path file() {
    return file;
  }

  void requireOpen() {
    if (closed) {
      throw SqliteFailures.closed(file);
    }
  }

  ReadConnection lend() {
    requireOpen();
    ReadConnection waiting = idle.pollFirst();
    if (waiting != null) {
      idleCount.decrementAndGet();
      return waiting;
    }
    try {
      return new ReadConnection(SqliteConnections.reading(file));
    } catch (SQLException e) {
      throw SqliteFailures.of(file, "opening it to read", e);
    }
  }

  void takeBack(ReadConnection lent) {
    if (!closed && idleCount.incrementAndGet() <= IDLE_MAX) {
      idle.addFirst(lent);
      if (closed) {
        closeIdle();
      }
      return;
    }
    if (!closed) {
      idleCount.decrementAndGet();
    }
    drop(lent);
  }

  /// For one that failed: whether it can be used again nobody knows.
  void drop(ReadConnection lent) {
    try {
      lent.close();
    } catch (SQLException e) {
      throw SqliteFailures.of(file, "closing a connection", e);
    }
  }

  @Override
  public byte @Nullable [] get(Bucket bucket, byte[] key) {
    ReadConnection lent = lend();
    byte @Nullable [] value;
    try {
      value = lent.get(bucket, key);
    } catch (SQLException e) {
      drop(lent);
      throw SqliteFailures.of(file, "reading " + bucket, e);
    }
    takeBack(lent);
    return value;
  }

  @Override
  public void scan(Bucket bucket, byte[] from, byte @Nullable [] to, Visitor visitor) {
    ReadConnection lent = lend();
    boolean usable = true;
    try {
      lent.scan(bucket, from, to, visitor);
    } catch (SQLException e) {
      usable = false;
      throw SqliteFailures.of(file, "scanning " + bucket, e);
    } finally {
      if (usable) {
        takeBack(lent);
      } else {
        drop(lent);
      }
    }
  }

  /// Those that are lent are closed when they come back.
  void close() {
    closed = true;
    closeIdle();
  }

  private void closeIdle() {
    for (ReadConnection each = idle.pollFirst(); each != null; each = idle.pollFirst()) {
      drop(each);
    }
  }
}
