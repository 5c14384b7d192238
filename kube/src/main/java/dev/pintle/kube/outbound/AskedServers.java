package dev.pintle.kube.outbound;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/// The servers that were asked last. Each has a breaker, and a share of the calls that may be under way: one that dawdles holds up
/// whoever asks it, and nobody else.
final class AskedServers {
  private static final int KNOWN_MAX = 200;
  private static final int SHARES = 8;

  private final int callsMax;
  private final ReentrantLock lock = new ReentrantLock();
  // Guarded by `lock`.
  private final Map<String, AskedServer> known = new LinkedHashMap<>(16, 0.75f, true);

  /// @param callsMax of all servers together
  AskedServers(int callsMax) {
    this.callsMax = Math.max(1, callsMax / SHARES);
  }

  /// One of them.
  static final class AskedServer {
    private final CircuitBreaker breaker = new CircuitBreaker();
    private final Semaphore calls;
    private final int callsMax;

    private AskedServer(int callsMax) {
      this.calls = new Semaphore(callsMax, true);
      this.callsMax = callsMax;
    }

    CircuitBreaker breaker() {
      return breaker;
    }

    /// Waits for a place among the calls of the server.
    void enter(long nanos) throws OutboundException {
      try {
        if (!calls.tryAcquire(nanos, TimeUnit.NANOSECONDS)) {
          throw OutboundException.unreached();
        }
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        throw OutboundException.because("context canceled");
      }
    }

    /// Gives the place of [#enter] on.
    void leave() {
      calls.release();
    }

    private boolean isIdle() {
      return calls.availablePermits() == callsMax && !calls.hasQueuedThreads();
    }
  }

  /// The server behind an address and a path.
  AskedServer of(OutboundTarget target) {
    String name = target.authority() + path(target.path());
    lock.lock();
    try {
      AskedServer server = known.computeIfAbsent(name, _ -> new AskedServer(callsMax));
      if (known.size() > KNOWN_MAX) {
        forgetOne(server);
      }
      return server;
    } finally {
      lock.unlock();
    }
  }

  /// The one that was not asked for longest, of those that nobody waits for: there are never more of the others than calls.
  private void forgetOne(AskedServer kept) {
    for (Iterator<AskedServer> each = known.values().iterator(); each.hasNext(); ) {
      AskedServer server = each.next();
      if (server != kept && server.isIdle()) {
        each.remove();
        return;
      }
    }
  }

  private static String path(String path) {
    int query = path.indexOf('?');
    return query < 0 ? path : path.substring(0, query);
  }

  /// The breakers, by the names of the servers.
  Map<String, CircuitBreaker> breakers() {
    Map<String, CircuitBreaker> breakers = new TreeMap<>();
    lock.lock();
    try {
      known.forEach((name, server) -> breakers.put(name, server.breaker()));
    } finally {
      lock.unlock();
    }
    return breakers;
  }
}
