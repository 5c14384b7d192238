package dev.pintle.kube.outbound;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/// The servers that were asked last, each with its breaker.
final class AskedServers {
  private static final int KNOWN_MAX = 200;

  private final Predicate<String> idle;
  private final ReentrantLock lock = new ReentrantLock();
  // Guarded by `lock`.
  private final Map<String, AskedServer> known = new LinkedHashMap<>(16, 0.75f, true);

  /// @param idle whether nobody is asking a server
  AskedServers(Predicate<String> idle) {
    this.idle = idle;
  }

  /// One of them.
  ///
  /// @param untried counts the calls that were not tried since the place had just refused one
  record AskedServer(String name, CircuitBreaker breaker, LongAdder untried) {}

  /// The server behind an address and a path.
  AskedServer of(OutboundTarget target) {
    String name = target.authority() + path(target.path());
    lock.lock();
    try {
      AskedServer server =
          known.computeIfAbsent(
              name, _ -> new AskedServer(name, new CircuitBreaker(), new LongAdder()));
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
      if (!server.name().equals(kept.name()) && idle.test(server.name())) {
        each.remove();
        return;
      }
    }
  }

  private static String path(String path) {
    int query = path.indexOf('?');
    return query < 0 ? path : path.substring(0, query);
  }

  /// All, by their names.
  Map<String, AskedServer> all() {
    lock.lock();
    try {
      return new TreeMap<>(known);
    } finally {
      lock.unlock();
    }
  }
}
