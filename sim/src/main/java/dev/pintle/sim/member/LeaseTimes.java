package dev.pintle.sim.member;

import dev.pintle.sim.world.Claim;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/// The times since when each lease may count, at the earliest: a member must not end a lease before that time is over.
final class LeaseTimes {
  private final Map<Long, Long> renewedNanos = new HashMap<>();

  void renewed(long id, long now) {
    renewedNanos.put(id, now);
  }

  void checkMayEnd(long id, long ttlSeconds, long startedNanos, long now) {
    long renewed = Math.max(startedNanos, renewedNanos.getOrDefault(id, 0L));
    Claim.check(
        now - renewed >= Duration.ofSeconds(ttlSeconds).toNanos(),
        "a lease lives its time: lease %d of %d s ended after %d ms",
        id,
        ttlSeconds,
        Duration.ofNanos(now - renewed).toMillis());
  }
}
