package dev.pintle.kube.allocation;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Numbers that were given a moment ago and may not be in the store yet. They are held for as long as a write may take,
/// against everybody but the object that got them.
final class Reservations {
  private static final Duration HELD = Duration.ofMillis(500);
  private static final int FORGET_ABOVE = 1_024;

  private final Map<Long, Held> held = new ConcurrentHashMap<>();

  private record Held(String owner, Instant until) {}

  void reserve(long number, String owner, Instant now) {
    if (held.size() > FORGET_ABOVE) {
      held.values().removeIf(one -> one.until().isBefore(now));
    }
    held.put(number, new Held(owner, now.plus(HELD)));
  }

  void addHeldByOthers(Set<Long> taken, String owner, Instant now) {
    held.forEach((number, one) -> {
      if (one.until().isAfter(now) && !one.owner().equals(owner)) {
        taken.add(number);
      }
    });
  }
}
