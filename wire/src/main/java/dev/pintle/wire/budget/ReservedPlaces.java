package dev.pintle.wire.budget;

import dev.pintle.wire.BeyondClaim;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The places of those that were let in beyond the limits, to say who they are. Guarded by the limiter's lock.
///
/// Three parts of four may be held for long, by those who are owed it: a quarter of the places by anybody, the rest by clients that hold no
/// other. So there is always a place where somebody else can be heard.
final class ReservedPlaces {
  /// How long one may be silent while another wants its place.
  private static final long WAIT_NANOS = TimeUnit.SECONDS.toNanos(5);

  private static final int PARTS = 4;
  private static final int KIND_SHARE = 16;

  /// So many connections more has a client whose place goes to one that has none there.
  private static final int MANY_MORE = 2;

  private final int max;
  private final KnownClients known;

  /// Oldest first.
  private final Map<ConnectionAccount, ClientAddress> places = new LinkedHashMap<>();

  /// How many of them are owed whatever they ask for.
  private int claims;

  ReservedPlaces(int max, KnownClients known) {
    this.max = max;
    this.known = known;
  }

  int size() {
    return places.size();
  }

  @Nullable ClientAddress addressOf(ConnectionAccount account) {
    return places.get(account);
  }

  void add(ConnectionAccount account, ClientAddress address) {
    places.put(account, address);
    account.client().reserved().add(account);
  }

  @Nullable ClientAddress remove(ConnectionAccount account) {
    dropClaim(account);
    account.client().reserved().remove(account);
    return places.remove(account);
  }

  /// Whether there is a place for one more of `client` without an end of another. A client that was refused there of late finds only
  /// half of them; the last are for those of whom nothing is known, and for questions of health.
  boolean hasRoom(ClientAccount client, ClientStanding standing) {
    int open =
        switch (standing) {
          case REFUSED -> max - max / 2;
          case OWED -> max - 2 * ofOneKind();
          case UNKNOWN -> max - ofOneKind();
          case ANSWERED -> max;
        };
    return places.size() < open && client.reserved().size() < ofOneClient();
  }

  private int ofOneKind() {
    return max / KIND_SHARE;
  }

  private int ofOneClient() {
    return Math.max(1, max / 2);
  }

  /// The one whose place a newcomer takes where there is no room; null for none. A client that was refused, or has half of the places, takes
  /// only its own.
  @Nullable ConnectionAccount firstToEnd(ClientAccount client, ClientStanding standing, long now) {
    if (standing == ClientStanding.REFUSED || client.reserved().size() >= ofOneClient()) {
      return longSilent(client.reserved(), now);
    }
    ConnectionAccount found = newest(ClientStanding.REFUSED, 0, now);
    if (found == null) {
      found = longSilent(places.keySet(), now);
    }
    if (found != null || !client.reserved().isEmpty()) {
      return found;
    }
    found = oneOfMany(client, standing, now);
    if (found == null && standing.compareTo(ClientStanding.UNKNOWN) > 0) {
      found = newest(ClientStanding.UNKNOWN, ofOneKind(), now);
    }
    if (found == null && standing == ClientStanding.OWED) {
      found = newest(ClientStanding.ANSWERED, ofOneKind(), now);
    }
    return found;
  }

  private static boolean isServed(ConnectionAccount account) {
    return account.waitingSinceNanos() == ConnectionAccount.SERVED;
  }

  /// One that has waited for its client for long: who says nothing, or has said it; last of all those who are owed more.
  private static @Nullable ConnectionAccount longSilent(
      Collection<ConnectionAccount> among, long now) {
    ConnectionAccount owed = null;
    for (ConnectionAccount account : among) {
      if (isServed(account) || now - account.waitingSinceNanos() <= WAIT_NANOS) {
        continue;
      }
      if (account.claim() != BeyondClaim.CONNECTION) {
        return account;
      }
      if (owed == null) {
        owed = account;
      }
    }
    return owed;
  }

  /// The newest of those that nobody heard yet, where they are more than `spared`: the oldest are about to be heard.
  private @Nullable ConnectionAccount newest(ClientStanding standing, int spared, long now) {
    ConnectionAccount last = null;
    int count = 0;
    for (Map.Entry<ConnectionAccount, ClientAddress> one : places.entrySet()) {
      ConnectionAccount account = one.getKey();
      if (account.claim() == BeyondClaim.NONE
          && !isServed(account)
          && known.standingOf(one.getValue(), now) == standing) {
        count++;
        last = account;
      }
    }
    return count > spared ? last : null;
  }

  /// One that was answered and has nothing more to say, or the newest of the client that has most and is of no more standing. The last
  /// places are for questions of health, so that nobody else takes those of whoever asks them.
  private @Nullable ConnectionAccount oneOfMany(
      ClientAccount newcomer, ClientStanding standing, long now) {
    ConnectionAccount last = null;
    int most = 0;
    for (Map.Entry<ConnectionAccount, ClientAddress> one : places.entrySet()) {
      ConnectionAccount account = one.getKey();
      if (isServed(account)) {
        continue;
      }
      if (account.claim() == BeyondClaim.ANSWER) {
        return account;
      }
      ClientAccount client = account.client();
      int has = all(client);
      boolean many = client.reserved().size() > 1 || has >= all(newcomer) + MANY_MORE;
      if (many && has >= most && mayEnd(known.standingOf(one.getValue(), now), standing)) {
        most = has;
        last = account;
      }
    }
    return last;
  }

  private static boolean mayEnd(ClientStanding old, ClientStanding newcomer) {
    return old == newcomer || (old != ClientStanding.ANSWERED && old.compareTo(newcomer) < 0);
  }

  private static int all(ClientAccount client) {
    return client.reserved().size() + client.connections().size();
  }

  /// Whether one that has a place is served, by what it is owed: see [ConnectionAccount#isServedBeyond].
  boolean isServed(ConnectionAccount account, BeyondClaim claim, long now) {
    ClientAddress address = places.get(account);
    if (address == null) {
      return account.beyond() == null || claim != BeyondClaim.NONE;
    }
    switch (claim) {
      case NONE -> {
        dropClaim(account);
        known.addRefused(address, now);
      }
      case ANSWER -> {
        if (account.claim() == BeyondClaim.NONE) {
          account.claim(claim);
        }
      }
      case CONNECTION -> {
        if (account.claim() != BeyondClaim.CONNECTION && !hasRoomForClaim(account.client())) {
          known.addGreedy(address, now);
          return false;
        }
        addClaim(account);
      }
    }
    return claim != BeyondClaim.NONE;
  }

  private boolean hasRoomForClaim(ClientAccount client) {
    int part = Math.max(1, max / PARTS);
    return claims < part || (client.claims() == 0 && claims < (PARTS - 1) * part);
  }

  private void addClaim(ConnectionAccount account) {
    if (account.claim() != BeyondClaim.CONNECTION) {
      claims++;
      account.client().addClaims(1);
      account.claim(BeyondClaim.CONNECTION);
    }
  }

  private void dropClaim(ConnectionAccount account) {
    if (account.claim() == BeyondClaim.CONNECTION) {
      claims--;
      account.client().addClaims(-1);
    }
    account.claim(BeyondClaim.NONE);
  }

  /// Takes note of one that is sent away for its silence.
  void noteIfSilent(ConnectionAccount account, long now) {
    if (now - account.waitingSinceNanos() > WAIT_NANOS) {
      noteIfOwedNothing(account, now);
    }
  }

  /// Takes note of one that is gone without having been owed anything.
  void noteIfOwedNothing(ConnectionAccount account, long now) {
    ClientAddress address = places.get(account);
    if (address != null && account.claim() == BeyondClaim.NONE) {
      known.addRefused(address, now);
    }
  }

  /// The oldest that is owed whatever it asks for, whose client may have one more place among all; null for none.
  @Nullable ConnectionAccount firstToLetIn(int clientConnectionsMax) {
    if (claims == 0) {
      return null;
    }
    for (ConnectionAccount account : places.keySet()) {
      if (account.claim() == BeyondClaim.CONNECTION
          && account.client().connections().size() < clientConnectionsMax) {
        return account;
      }
    }
    return null;
  }
}
