package dev.pintle.wire.budget;

import java.util.LinkedHashSet;
import java.util.Set;

/// The use of one client, on all its connections.
final class ClientAccount {
  private final Budget streams;
  private final Budget requestBytes;
  private final Budget answerBytes;

  /// Oldest first; guarded by the limiter's lock, as is what follows.
  private final Set<ConnectionAccount> connections = new LinkedHashSet<>();

  /// Those that were let in beyond a limit.
  private final Set<ConnectionAccount> reserved = new LinkedHashSet<>();

  private final Set<ConnectionAccount> greeting = new LinkedHashSet<>();
  private final WaitingQueue waiting;
  private int claims;

  /// @param sparedMax of its connections that wait and come first, how many are not ended to make room
  ClientAccount(Budget streams, Budget requestBytes, Budget answerBytes, int sparedMax) {
    this.streams = streams;
    this.requestBytes = requestBytes;
    this.answerBytes = answerBytes;
    this.waiting = new WaitingQueue(sparedMax);
  }

  Budget streams() {
    return streams;
  }

  Budget requestBytes() {
    return requestBytes;
  }

  Budget answerBytes() {
    return answerBytes;
  }

  Set<ConnectionAccount> connections() {
    return connections;
  }

  Set<ConnectionAccount> reserved() {
    return reserved;
  }

  Set<ConnectionAccount> greeting() {
    return greeting;
  }

  WaitingQueue waiting() {
    return waiting;
  }

  /// How many of its connections beyond a limit are owed whatever they ask for.
  int claims() {
    return claims;
  }

  void addClaims(int more) {
    claims += more;
  }
}
