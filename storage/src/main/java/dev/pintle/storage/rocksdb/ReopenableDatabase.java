package dev.pintle.storage.rocksdb;

import dev.pintle.kernel.keyspace.StorageFailure;
import dev.pintle.kernel.keyspace.StorageFailure.Kind;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The database of a folder, which can be opened anew while others use it: they wait until what was not flushed before is
/// written again, and then go on with the new one.
///
/// The lock protects nothing but the waiting; who is inside native code is counted by the [Gate] of each opening.
final class ReopenableDatabase {
  /// How long a reader waits for a database that is being opened anew.
  private static final long WAIT_NANOS_MAX = TimeUnit.SECONDS.toNanos(30);

  private final Path folder;
  private final RocksConfig config;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition back = lock.newCondition();
  private volatile OpenDatabase current;

  /// Who opens it anew and writes again; all others wait meanwhile.
  private volatile @Nullable Thread writer;

  private volatile boolean closed;

  private ReopenableDatabase(Path folder, RocksConfig config, OpenDatabase current) {
    this.folder = folder;
    this.config = config;
    this.current = current;
  }

  static ReopenableDatabase open(Path folder, RocksConfig config) {
    return new ReopenableDatabase(folder, config, OpenDatabase.open(folder, config));
  }

  Path folder() {
    return folder;
  }

  /// The database, with its gate entered; whoever calls has to leave it.
  OpenDatabase enter() {
    while (true) {
      awaitWriter();
      OpenDatabase entered = current;
      if (!entered.gate().tryEnter()) {
        requireReopening(entered);
      } else if (mayUse()) {
        return entered;
      } else {
        // It was opened anew between the look and the step in, and is not whole yet.
        entered.gate().leave();
      }
    }
  }

  private boolean mayUse() {
    Thread writing = writer;
    return writing == null || writing == Thread.currentThread();
  }

  private void requireReopening(OpenDatabase found) {
    if (closed || (mayUse() && current.gate() == found.gate())) {
      throw replaced();
    }
  }

  /// What those hear who go on with an opening that is no more.
  StorageFailure replaced() {
    return closed
        ? new StorageFailure(Kind.CLOSED, folder.toString(), "used after it was closed")
        : new StorageFailure(Kind.REOPENED, folder.toString(), "was opened anew");
  }

  private void awaitWriter() {
    if (mayUse()) {
      return;
    }
    lock.lock();
    try {
      long left = WAIT_NANOS_MAX;
      while (!mayUse()) {
        if (left <= 0) {
          throw new StorageFailure(Kind.IO, folder.toString(), "is being opened anew, still");
        }
        left = back.awaitNanos(left);
      }
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
      throw new StorageFailure(
          Kind.IO, folder.toString(), "interrupted while it is opened anew", hurried);
    } finally {
      lock.unlock();
    }
  }

  /// Whether an earlier [#reopen] has begun and not come to its end.
  boolean isIncomplete() {
    return writer != null;
  }

  /// Goes back to what was flushed, and has `writeAgain` commit the rest. When that fails, all others go on waiting for the next
  /// attempt.
  void reopen(Runnable writeAgain) {
    writer = Thread.currentThread();
    current.close();
    current = OpenDatabase.open(folder, config);
    writeAgain.run();
    endWaiting();
  }

  private void endWaiting() {
    writer = null;
    lock.lock();
    try {
      back.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Answers false when it was closed before.
  boolean close() {
    if (closed) {
      return false;
    }
    closed = true;
    current.close();
    endWaiting();
    return true;
  }
}
