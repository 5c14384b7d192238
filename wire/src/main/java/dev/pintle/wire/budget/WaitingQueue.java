package dev.pintle.wire.budget;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The queue of the connections that have waited longest for their clients. One look over all finds several, so that a
/// flood of new connections does not look over all each time. Guarded by the limiter's lock.
final class WaitingQueue {
  private static final int FOUND_MAX = 64;

  /// After a look that found nobody, the next comes this much later.
  private static final long LOOK_AGAIN_NANOS = 10_000_000;

  private final ArrayDeque<Waiting> found = new ArrayDeque<>();
  private boolean foundNobody;
  private long lookedNanos;

  private record Waiting(ConnectionAccount account, long sinceNanos) {}

  /// One of `among` that waits, or null.
  @Nullable ConnectionAccount poll(Collection<ConnectionAccount> among, long nowNanos) {
    ConnectionAccount known = pollKnown();
    if (known != null) {
      return known;
    }
    if (foundNobody && nowNanos - lookedNanos < LOOK_AGAIN_NANOS) {
      return null;
    }
    look(among);
    lookedNanos = nowNanos;
    foundNobody = found.isEmpty();
    return pollKnown();
  }

  /// One that was found and has neither ended nor been served since.
  private @Nullable ConnectionAccount pollKnown() {
    for (Waiting next = found.poll(); next != null; next = found.poll()) {
      ConnectionAccount account = next.account();
      if (!account.hasEnded() && account.waitingSinceNanos() == next.sinceNanos()) {
        return account;
      }
    }
    return null;
  }

  private void look(Collection<ConnectionAccount> among) {
    List<Waiting> waiting = new ArrayList<>();
    for (ConnectionAccount account : among) {
      long since = account.waitingSinceNanos();
      if (since != ConnectionAccount.SERVED) {
        waiting.add(new Waiting(account, since));
      }
    }
    waiting.sort(Comparator.comparingLong(Waiting::sinceNanos));
    found.addAll(waiting.subList(0, Math.min(FOUND_MAX, waiting.size())));
  }
}
