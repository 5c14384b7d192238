package dev.pintle.wire.budget;

import dev.pintle.wire.BeyondClaim;

/// The clients of which it was heard of late who they are. Guarded by the limiter's lock.
final class KnownClients {
  private static final long REFUSED_SECONDS = 30;
  private static final long OWED_SECONDS = 3600;

  private final RecentClients refused = new RecentClients(REFUSED_SECONDS);
  private final RecentClients spoken = new RecentClients(REFUSED_SECONDS);
  private final RecentClients answered = new RecentClients(OWED_SECONDS);
  private final RecentClients owed = new RecentClients(OWED_SECONDS);

  ClientStanding standingOf(ClientAddress client, long nowNanos) {
    if (owed.contains(client, nowNanos)) {
      return ClientStanding.OWED;
    }
    if (answered.contains(client, nowNanos)) {
      return ClientStanding.ANSWERED;
    }
    return refused.contains(client, nowNanos) ? ClientStanding.REFUSED : ClientStanding.UNKNOWN;
  }

  /// A request came from there.
  void addSpoken(ClientAddress client, long nowNanos) {
    spoken.add(client, nowNanos);
  }

  /// One was sent away from there before it said anything.
  void addUnheard(ClientAddress client, long nowNanos) {
    if (!spoken.contains(client, nowNanos)) {
      refused.add(client, nowNanos);
    }
  }

  /// Somebody asked from there who is owed an answer, or whatever they ask for.
  void addOwed(ClientAddress client, BeyondClaim claim, long nowNanos) {
    (claim == BeyondClaim.CONNECTION ? owed : answered).add(client, nowNanos);
  }

  /// Somebody there was owed nothing; who comes first may be there all the same.
  void addRefused(ClientAddress client, long nowNanos) {
    refused.add(client, nowNanos);
  }

  /// Those who come first took more than their part there.
  void addGreedy(ClientAddress client, long nowNanos) {
    owed.remove(client);
    answered.remove(client);
    refused.add(client, nowNanos);
  }
}
