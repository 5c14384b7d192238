package dev.pintle.wire.budget;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The queue of the connections that have waited longest for their clients. One look over all finds several, so that a
/// flood of new connections does not look over all each time. Guarded by the limiter's lock.
///
/// Who has not said anything yet is let be for a time: else, where all others are served, each newcomer would end the one before it. And
/// a few of those that come first are spared however long they wait, by turns of their clients, the latest of each first.
final class WaitingQueue {
  private static final int FOUND_MAX = 64;

  /// After a look that found nobody, the next comes this much later.
  private static final long LOOK_AGAIN_NANOS = 10_000_000;

  /// How long a connection may take to say what it wants.
  private static final long GREETING_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final int sparedMax;
  private final ArrayDeque<Waiting> found = new ArrayDeque<>();
  private boolean foundNobody;
  private long lookedNanos;

  private record Waiting(ConnectionAccount account, long sinceNanos) {}

  /// @param sparedMax how many of those that come first are not found
  WaitingQueue(int sparedMax) {
    this.sparedMax = sparedMax;
  }

  /// One of `among` that waits, or null.
  @Nullable ConnectionAccount poll(Collection<ConnectionAccount> among, long nowNanos) {
    ConnectionAccount known = pollKnown();
    if (known != null) {
      return known;
    }
    if (foundNobody && nowNanos - lookedNanos < LOOK_AGAIN_NANOS) {
      return null;
    }
    look(among, nowNanos);
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

  private void look(Collection<ConnectionAccount> among, long nowNanos) {
    List<Waiting> waiting = new ArrayList<>();
    List<Waiting> first = new ArrayList<>();
    for (ConnectionAccount account : among) {
      long since = account.waitingSinceNanos();
      if (since == ConnectionAccount.SERVED
          || (!account.hasSpoken() && nowNanos - since < GREETING_NANOS)) {
        continue;
      }
      (account.isFirst() ? first : waiting).add(new Waiting(account, since));
    }
    waiting.addAll(unspared(first));
    waiting.sort(Comparator.comparingLong(Waiting::sinceNanos));
    found.addAll(waiting.subList(0, Math.min(FOUND_MAX, waiting.size())));
  }

  private List<Waiting> unspared(List<Waiting> first) {
    if (first.size() <= sparedMax) {
      return List.of();
    }
    first.sort(Comparator.comparingLong(Waiting::sinceNanos).reversed());
    Map<ClientAccount, Integer> before = new HashMap<>();
    Map<Waiting, Integer> turns = new HashMap<>();
    for (Waiting one : first) {
      turns.put(one, before.merge(one.account().client(), 1, Integer::sum));
    }
    first.sort(Comparator.comparingInt(turns::get));
    return first.subList(sparedMax, first.size());
  }
}
