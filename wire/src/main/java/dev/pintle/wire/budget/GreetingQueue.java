package dev.pintle.wire.budget;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The connections that have not said yet what they want. Guarded by the limiter's lock.
final class GreetingQueue {
  private static final int SPARED_SHARE = 8;

  private final Map<ConnectionAccount, ClientStanding> standings = new HashMap<>();
  private final Map<ClientStanding, Crowd> crowds = new EnumMap<>(ClientStanding.class);

  void add(ConnectionAccount account, ClientStanding standing) {
    standings.put(account, standing);
    crowds.computeIfAbsent(standing, unknown -> new Crowd()).add(account);
  }

  void remove(ConnectionAccount account) {
    ClientStanding standing = standings.remove(account);
    Crowd crowd = standing == null ? null : crowds.get(standing);
    if (crowd != null) {
      crowd.remove(account);
    }
  }

  int size() {
    return standings.size();
  }

  /// The one that makes room for a client of such standing; null where all are of more. Where those of one standing are few, only their
  /// like take their places, but for refused ones.
  @Nullable ConnectionAccount firstToEnd(ClientStanding newcomer) {
    for (Map.Entry<ClientStanding, Crowd> one : crowds.entrySet()) {
      ClientStanding standing = one.getKey();
      Crowd crowd = one.getValue();
      boolean spared =
          standing != newcomer
              && standing != ClientStanding.REFUSED
              && crowd.size() <= size() / SPARED_SHARE;
      ConnectionAccount first =
          spared || standing.compareTo(newcomer) > 0 ? null : crowd.oldestOfMost();
      if (first != null) {
        return first;
      }
    }
    return null;
  }
}
