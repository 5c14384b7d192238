package dev.pintle.kube.flowcontrol;

import java.util.concurrent.TimeUnit;

/// The requests of a level that waited last, executed then or not. Guarded by the level's lock.
final class RecentWaits {
  private static final int KEPT_MAX = 512;

  private Wait[] kept = {};
  private int noted;

  /// A request that waited.
  ///
  /// @param hash of its flow
  /// @param ahead requests in its queue when it came
  /// @param executed whether it was executed after that; if not, it was turned away
  private record Wait(long hash, long nanos, int ahead, boolean executed) {}

  void note(FlowTicket ticket, long nanos, boolean executed) {
    if (kept.length == 0) {
      kept = new Wait[KEPT_MAX];
    }
    kept[noted % KEPT_MAX] =
        new Wait(ticket.classification().hash(), nanos, ticket.ahead(), executed);
    // Counts on beyond a round, but stays positive.
    noted = noted == 2 * KEPT_MAX - 1 ? KEPT_MAX : noted + 1;
  }

  /// A sentence about those of a flow.
  String told(long hash) {
    int all = Math.min(noted, KEPT_MAX);
    if (all == 0) {
      return "no request has waited here yet";
    }
    Times executed = new Times();
    Times turnedAway = new Times();
    int behind = 0;
    for (int i = 0; i < all; i++) {
      Wait wait = kept[i];
      if (wait.hash() == hash) {
        (wait.executed() ? executed : turnedAway).add(wait.nanos());
        behind = Math.max(behind, wait.ahead());
      }
    }
    String text =
        "of the last %d requests that waited here, %d were of this flow"
            .formatted(all, executed.count + turnedAway.count);
    if (executed.count > 0) {
      text += ", %d executed after %s".formatted(executed.count, executed);
    }
    if (turnedAway.count > 0) {
      text += ", %d turned away after %s".formatted(turnedAway.count, turnedAway);
    }
    return executed.count + turnedAway.count > 0
        ? text + ", behind %d others at most".formatted(behind)
        : text;
  }

  /// A few times, told by their extremes.
  private static final class Times {
    private int count;
    private long least = Long.MAX_VALUE;
    private long most;

    void add(long nanos) {
      count++;
      least = Math.min(least, nanos);
      most = Math.max(most, nanos);
    }

    @Override
    public String toString() {
      long low = TimeUnit.NANOSECONDS.toMillis(least);
      long high = TimeUnit.NANOSECONDS.toMillis(most);
      return low == high ? low + " ms" : "%d to %d ms".formatted(low, high);
    }
  }
}
