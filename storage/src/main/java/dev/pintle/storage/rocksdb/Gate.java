package dev.pintle.storage.rocksdb;

import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/// The count of who is inside native code, so that closing frees its memory only when nobody is.
///
/// Two adders instead of a lock: threads that read at the same time touch different cells. A thread counts itself in
/// before it looks at `closed`, and the closer sets `closed` before it counts: one of the two always sees the other.
final class Gate {
  private static final long PAUSE_NANOS = 50_000;

  private final LongAdder entered = new LongAdder();
  private final LongAdder left = new LongAdder();
  private volatile boolean closed;

  boolean tryEnter() {
    entered.increment();
    if (closed) {
      left.increment();
      return false;
    }
    return true;
  }

  void leave() {
    left.increment();
  }

  /// Lets nobody in any more and waits for those inside; answers false when it was closed before.
  boolean close() {
    if (closed) {
      return false;
    }
    closed = true;
    // Left is counted first: if all who had left by then are all who ever entered, nobody is
    // inside.
    while (left.sum() != entered.sum()) {
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    return true;
  }
}
