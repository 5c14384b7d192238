package dev.pintle.wire.budget;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// The clients that took a place beyond the limits of late and were owed nothing, so that they leave the last of these places to
/// others. Guarded by the limiter's lock.
final class RefusedClients {
  private static final int KNOWN_MAX = 4096;
  private static final long KNOWN_NANOS = TimeUnit.SECONDS.toNanos(30);

  /// When each was refused, the latest last.
  private final Map<ClientAddress, Long> since = new LinkedHashMap<>();

  void add(ClientAddress client, long nowNanos) {
    since.remove(client);
    since.put(client, nowNanos);
    Iterator<Map.Entry<ClientAddress, Long>> oldest = since.entrySet().iterator();
    for (Map.Entry<ClientAddress, Long> next = oldest.next();
        since.size() > KNOWN_MAX || nowNanos - next.getValue() > KNOWN_NANOS;
        next = oldest.next()) {
      oldest.remove();
    }
  }

  boolean contains(ClientAddress client, long nowNanos) {
    Long refused = since.get(client);
    return refused != null && nowNanos - refused <= KNOWN_NANOS;
  }
}
