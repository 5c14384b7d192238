package dev.pintle.kube.outbound;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/// The breaker of one server: when many calls in a row got no answer in all the time they had, the next ones are not made for a while, and
/// then one is, to see. What fails at once needs no breaker.
final class CircuitBreaker {
  static final int LATE_MAX = 8;
  static final long OPEN_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final ReentrantLock lock = new ReentrantLock();
  // All below are guarded by `lock`.
  private int lateInRow;
  private long openUntilNanos;
  private boolean trying;
  private long shed;

  /// Whether a call may be made, which then [#ended].
  boolean tryEnter(long nowNanos) {
    lock.lock();
    try {
      if (lateInRow < LATE_MAX) {
        return true;
      }
      if (trying || nowNanos - openUntilNanos < 0) {
        shed++;
        return false;
      }
      trying = true;
      return true;
    } finally {
      lock.unlock();
    }
  }

  /// @param late whether it brought no answer in all the time that the server is given
  void ended(boolean late, long nowNanos) {
    lock.lock();
    try {
      trying = false;
      lateInRow = late ? Math.min(lateInRow + 1, LATE_MAX) : 0;
      if (lateInRow == LATE_MAX) {
        openUntilNanos = nowNanos + OPEN_NANOS;
      }
    } finally {
      lock.unlock();
    }
  }

  /// A call that says nothing of the server, such as one that had little time.
  void left() {
    lock.lock();
    try {
      trying = false;
    } finally {
      lock.unlock();
    }
  }

  boolean isOpen() {
    lock.lock();
    try {
      return lateInRow == LATE_MAX;
    } finally {
      lock.unlock();
    }
  }

  /// How many calls were not made.
  long shed() {
    lock.lock();
    try {
      return shed;
    } finally {
      lock.unlock();
    }
  }
}
