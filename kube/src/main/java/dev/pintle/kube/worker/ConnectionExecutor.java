package dev.pintle.kube.worker;

import dev.pintle.kube.status.StatusErrors;
import dev.pintle.wire.SharedLimit;
import java.net.SocketAddress;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The executor of the requests of all connections, of which each has only so many running. A client that resets its streams and
/// opens others is within its number of streams all the time, and still leaves us a request to do for each: Go's server ends these
/// connections for the same reason (CVE-2023-44487).
public final class ConnectionExecutor {
  /// Waiting requests for each that may run.
  private static final int WAITING_SHARE = 4;

  private final Executor threads;
  private final int runningMax;
  private final ReentrantLock lock = new ReentrantLock();

  /// Of connections with requests. Guarded by `lock`.
  private final Map<SocketAddress, Requests> connections = new HashMap<>();

  private static final class Requests {
    final ArrayDeque<Runnable> waiting = new ArrayDeque<>(0);
    int running;
  }

  /// @param threads for every request that runs
  /// @param runningMax requests of one connection that run at once
  public ConnectionExecutor(Executor threads, int runningMax) {
    this.threads = threads;
    this.runningMax = runningMax;
  }

  /// Runs `request` on a thread that may wait, now or when others of its connection have ended.
  ///
  /// @param connection the client's address and port
  /// @throws dev.pintle.kube.status.StatusError 429 when so many wait that the client cannot be waiting for all of them
  public void execute(SocketAddress connection, Runnable request) {
    lock.lock();
    try {
      Requests known = connections.computeIfAbsent(connection, _ -> new Requests());
      if (known.running >= runningMax) {
        if (known.waiting.size() >= WAITING_SHARE * runningMax) {
          throw StatusErrors.shed(
              SharedLimit.CONNECTION_REQUESTS,
              "the connection has more requests under way than it may have streams");
        }
        known.waiting.add(request);
        return;
      }
      known.running++;
    } finally {
      lock.unlock();
    }
    start(connection, request);
  }

  private void start(SocketAddress connection, Runnable request) {
    threads.execute(() -> {
      try {
        request.run();
      } finally {
        ended(connection);
      }
    });
  }

  private void ended(SocketAddress connection) {
    Runnable next = next(connection);
    if (next != null) {
      start(connection, next);
    }
  }

  /// The request that takes the place of one that ended.
  private @Nullable Runnable next(SocketAddress connection) {
    lock.lock();
    try {
      Requests known = connections.get(connection);
      if (known == null) {
        return null;
      }
      Runnable next = known.waiting.poll();
      if (next == null) {
        known.running--;
        if (known.running == 0) {
          connections.remove(connection);
        }
      }
      return next;
    } finally {
      lock.unlock();
    }
  }
}
