package dev.pintle.kube.outbound;

import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The end of the time that a call has: closes the socket that the call waits for. So it holds for whatever a call may wait for, a peer
/// that takes no bytes as well as one that sends none.
final class CallDeadline implements AutoCloseable {
  private final long atNanos;
  private final Future<?> alarm;
  private final ReentrantLock lock = new ReentrantLock();
  // Both are guarded by `lock`.
  private @Nullable Socket socket;
  private boolean passed;

  CallDeadline(ScheduledExecutorService timers, long nanos) {
    atNanos = System.nanoTime() + nanos;
    alarm = timers.schedule(this::pass, nanos, TimeUnit.NANOSECONDS);
  }

  /// The call has no more time, whatever it was given.
  void pass() {
    lock.lock();
    try {
      passed = true;
      close(socket);
    } finally {
      lock.unlock();
    }
  }

  /// Nothing of TLS is said any more: the peer may take no bytes.
  static void close(@Nullable Socket plain) {
    if (plain != null) {
      try {
        plain.close();
      } catch (IOException _) {
        // It is of no use either way.
      }
    }
  }

  /// From now on the call waits for this socket.
  void watch(Socket waitedFor) throws OutboundException {
    lock.lock();
    try {
      socket = waitedFor;
      if (passed) {
        close(waitedFor);
        throw OutboundException.late();
      }
    } finally {
      lock.unlock();
    }
  }

  /// Also when the alarm has yet to go off: whoever waited with a limit of its own may be the first to know.
  boolean hasPassed() {
    lock.lock();
    try {
      return passed || System.nanoTime() - atNanos >= 0;
    } finally {
      lock.unlock();
    }
  }

  long leftNanos() throws OutboundException {
    long left = atNanos - System.nanoTime();
    if (left <= 0) {
      throw OutboundException.late();
    }
    return left;
  }

  @Override
  public void close() {
    lock.lock();
    try {
      socket = null;
    } finally {
      lock.unlock();
    }
    alarm.cancel(false);
  }
}
