package dev.pintle.wire.budget;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// The clients that were noted within a time, the latest of them where they are too many. Guarded by the limiter's lock.
final class RecentClients {
  private static final int KNOWN_MAX = 4096;

  private final long knownNanos;

  /// When each was noted, the latest last.
  private final Map<ClientAddress, Long> since = new LinkedHashMap<>();

  RecentClients(long knownSeconds) {
    this.knownNanos = TimeUnit.SECONDS.toNanos(knownSeconds);
  }

  void add(ClientAddress client, long nowNanos) {
    since.remove(client);
    since.put(client, nowNanos);
    Iterator<Map.Entry<ClientAddress, Long>> oldest = since.entrySet().iterator();
    for (Map.Entry<ClientAddress, Long> next = oldest.next();
        since.size() > KNOWN_MAX || nowNanos - next.getValue() > knownNanos;
        next = oldest.next()) {
      oldest.remove();
    }
  }

  void remove(ClientAddress client) {
    since.remove(client);
  }

  boolean contains(ClientAddress client, long nowNanos) {
    Long noted = since.get(client);
    return noted != null && nowNanos - noted <= knownNanos;
  }
}
