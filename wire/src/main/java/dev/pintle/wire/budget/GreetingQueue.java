package dev.pintle.wire.budget;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The connections that have not said yet what they want. Guarded by the limiter's lock.
final class GreetingQueue {
  private static final int SHARES = 8;

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

  /// The one that makes room for a client of such standing; null for none. Each standing but that of refused clients has a share: those who
  /// have no more than it are let be, and who has less may take from those of more standing.
  @Nullable ConnectionAccount firstToEnd(ClientStanding newcomer) {
    int share = size() / SHARES;
    boolean mayTakeOfMore = newcomer != ClientStanding.REFUSED && sizeOf(newcomer) < share;
    for (Map.Entry<ClientStanding, Crowd> one : crowds.entrySet()) {
      ClientStanding standing = one.getKey();
      Crowd crowd = one.getValue();
      boolean spared = standing != ClientStanding.REFUSED && crowd.size() <= share;
      boolean above = standing.compareTo(newcomer) > 0 && !mayTakeOfMore;
      ConnectionAccount first = spared || above ? null : crowd.oldestOfMost();
      if (first != null) {
        return first;
      }
    }
    return null;
  }

  private int sizeOf(ClientStanding standing) {
    Crowd crowd = crowds.get(standing);
    return crowd == null ? 0 : crowd.size();
  }
}
