package dev.pintle.wire.budget;

import dev.pintle.wire.BeyondClaim;
import dev.pintle.wire.SharedLimit;
import dev.pintle.wire.SharedLimits;
import dev.pintle.wire.ShedCounts;
import dev.pintle.wire.time.WireClock;
import java.net.SocketAddress;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The gate that lets connections in, for all listeners of a process. Over a limit, a new connection takes the place of
/// one that waits for its client, the one that has waited longest first; where every connection is being served, the
/// new one is not let in, or takes one of the few places where it may say who it is: see [ConnectionAccount#beyond].
///
/// Accepting is rare beside requests, so one lock guards the lists; requests never take it.
public final class ConnectionLimiter {
  /// How long a connection beyond the limits may be silent while another wants its place.
  private static final long RESERVED_WAIT_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final SharedLimits limits;
  private final WireClock clock;
  private final ShedCounts shed;
  private final Budget streams;
  private final Budget requestBytes;
  private final Budget answerBytes;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<ClientAddress, ClientAccount> clients = new HashMap<>();
  private final Set<ConnectionAccount> greeting = new LinkedHashSet<>();
  private final Map<ConnectionAccount, ClientAddress> connections = new HashMap<>();

  /// Beside `connections`, as long as they are beyond a limit.
  private final Map<ConnectionAccount, ClientAddress> reserved = new LinkedHashMap<>();

  private final WaitingQueue waiting;
  private final RefusedClients refused = new RefusedClients();

  /// How many of `reserved` are owed whatever they ask for.
  private int claims;

  public ConnectionLimiter(SharedLimits limits) {
    this(limits, WireClock.SYSTEM, new ShedCounts());
  }

  /// @param clock that of the event loops
  /// @param shed counts whoever meets a limit
  public ConnectionLimiter(SharedLimits limits, WireClock clock, ShedCounts shed) {
    this.limits = limits;
    this.clock = clock;
    this.shed = shed;
    this.waiting = new WaitingQueue(limits.reservedConnectionsMax());
    this.streams = new Budget(SharedLimit.STREAMS, limits.streamsMax(), shed);
    this.requestBytes = new Budget(SharedLimit.REQUEST_BYTES, limits.requestBytesMax(), shed);
    this.answerBytes = new Budget(SharedLimit.ANSWER_BYTES, limits.answerBytesMax(), shed);
  }

  /// Lets a connection from `remote` in, or answers null: it is to be closed at once.
  ///
  /// @param hears whether the listener can be told who a client is that is let in beyond a limit
  /// @param end ends the connection; for any thread
  public @Nullable ConnectionAccount admit(
      @Nullable SocketAddress remote, boolean hears, Runnable end) {
    ClientAddress address = ClientAddress.of(remote);
    lock.lock();
    try {
      ClientAccount client = clients.computeIfAbsent(address, unknown -> newClient());
      SharedLimit beyond = makeRoom(client);
      if (beyond != null && (!hears || !makeReservedRoom(address, client))) {
        shed.count(hears ? SharedLimit.RESERVED_CONNECTIONS : beyond);
        forgetUnused(address, client);
        return null;
      }
      ConnectionAccount account = new ConnectionAccount(this, client, beyond, clock.nanos(), end);
      clients.put(address, client);
      if (beyond == null) {
        connections.put(account, address);
        client.connections().add(account);
        client.greeting().add(account);
        greeting.add(account);
      } else {
        reserved.put(account, address);
        client.reserved().add(account);
      }
      return account;
    } finally {
      lock.unlock();
    }
  }

  private ClientAccount newClient() {
    return new ClientAccount(
        streams.part(SharedLimit.CLIENT_STREAMS, limits.clientStreamsMax()),
        requestBytes.part(SharedLimit.CLIENT_REQUEST_BYTES, limits.clientRequestBytesMax()),
        answerBytes.part(SharedLimit.CLIENT_ANSWER_BYTES, limits.clientAnswerBytesMax()),
        limits.reservedConnectionsMax() / 2);
  }

  /// Ends others where that lets a connection of `client` in; answers the limit that stands against it all the same.
  private @Nullable SharedLimit makeRoom(ClientAccount client) {
    int greetingMax = limits.greetingConnectionsMax();
    if (client.greeting().size() >= Math.max(1, greetingMax / 2)) {
      end(client.greeting().iterator().next(), SharedLimit.GREETING_CONNECTIONS);
    } else if (greeting.size() >= greetingMax) {
      end(greeting.iterator().next(), SharedLimit.GREETING_CONNECTIONS);
    }
    if (client.connections().size() >= limits.clientConnectionsMax()) {
      SharedLimit limit = SharedLimit.CLIENT_CONNECTIONS;
      return end(client.waiting().poll(client.connections(), clock.nanos()), limit) ? null : limit;
    }
    if (connections.size() >= limits.connectionsMax()) {
      SharedLimit limit = SharedLimit.CONNECTIONS;
      return end(waiting.poll(connections.keySet(), clock.nanos()), limit) ? null : limit;
    }
    return null;
  }

  /// Whether there is a place for a connection of `client` among those beyond the limits. A client that was refused there of late finds
  /// only half of them, and no other's; any other takes one of such a client, or, if it has none, one of whoever was answered and has
  /// nothing more to say, or the newest of the client that has most.
  private boolean makeReservedRoom(ClientAddress address, ClientAccount client) {
    int most = limits.reservedConnectionsMax();
    if (client.reserved().size() >= Math.max(1, most / 2)) {
      return endOld(client.reserved());
    }
    boolean known = refused.contains(address, clock.nanos());
    if (reserved.size() < (known ? most - most / 2 : most)) {
      return true;
    }
    if (endOld(known ? client.reserved() : reserved.keySet())) {
      return true;
    }
    return !known && (endRefused() || (client.reserved().isEmpty() && endOneOfMany()));
  }

  /// Ends one that has waited for its client for long: who says nothing, or has said it.
  private boolean endOld(Collection<ConnectionAccount> among) {
    long now = clock.nanos();
    for (ConnectionAccount account : among) {
      long since = account.waitingSinceNanos();
      if (since != ConnectionAccount.SERVED && now - since > RESERVED_WAIT_NANOS) {
        noteIfOwedNothing(account);
        return end(account, SharedLimit.RESERVED_CONNECTIONS);
      }
    }
    return false;
  }

  /// Ends the newest of those whose client was refused: the oldest are about to be judged.
  private boolean endRefused() {
    long now = clock.nanos();
    ConnectionAccount last = null;
    for (Map.Entry<ConnectionAccount, ClientAddress> one : reserved.entrySet()) {
      ConnectionAccount account = one.getKey();
      if (account.claim() == BeyondClaim.NONE
          && account.waitingSinceNanos() != ConnectionAccount.SERVED
          && refused.contains(one.getValue(), now)) {
        last = account;
      }
    }
    return end(last, SharedLimit.RESERVED_CONNECTIONS);
  }

  private boolean endOneOfMany() {
    ConnectionAccount last = null;
    int most = 1;
    for (ConnectionAccount account : reserved.keySet()) {
      if (account.waitingSinceNanos() == ConnectionAccount.SERVED) {
        continue;
      }
      if (account.claim() == BeyondClaim.ANSWER) {
        last = account;
        break;
      }
      int has = account.client().reserved().size();
      if (has >= most && has > 1) {
        most = has;
        last = account;
      }
    }
    return end(last, SharedLimit.RESERVED_CONNECTIONS);
  }

  /// See [ConnectionAccount#isServedBeyond]. Three quarters of the places may be held for long, all but the first third of these by
  /// clients that hold no other.
  boolean isServedBeyond(ConnectionAccount account, BeyondClaim claim) {
    lock.lock();
    try {
      ClientAddress address = reserved.get(account);
      if (address == null) {
        return claim != BeyondClaim.NONE;
      }
      dropClaim(account);
      BeyondClaim granted = claim;
      if (claim == BeyondClaim.CONNECTION) {
        int quarter = Math.max(1, limits.reservedConnectionsMax() / 4);
        boolean room = claims < quarter || (account.client().claims() == 0 && claims < 3 * quarter);
        granted = room ? claim : BeyondClaim.NONE;
      }
      if (granted == BeyondClaim.CONNECTION) {
        claims++;
        account.client().addClaims(1);
      }
      account.claim(granted);
      noteIfOwedNothing(account);
      return granted != BeyondClaim.NONE;
    } finally {
      lock.unlock();
    }
  }

  private void dropClaim(ConnectionAccount account) {
    if (account.claim() == BeyondClaim.CONNECTION) {
      claims--;
      account.client().addClaims(-1);
      account.claim(BeyondClaim.NONE);
    }
  }

  private void noteIfOwedNothing(ConnectionAccount account) {
    ClientAddress address = reserved.get(account);
    if (address != null && account.claim() == BeyondClaim.NONE) {
      refused.add(address, clock.nanos());
    }
  }

  /// Its place is free from now on; its end follows on its own thread.
  private boolean end(@Nullable ConnectionAccount account, SharedLimit limit) {
    if (account == null) {
      return false;
    }
    shed.count(limit);
    forget(account);
    account.end();
    return true;
  }

  private void forget(ConnectionAccount account) {
    ClientAddress address =
        account.beyond() == null ? connections.remove(account) : reserved.remove(account);
    if (address == null) {
      return;
    }
    ClientAccount client = account.client();
    account.markEnded();
    dropClaim(account);
    client.connections().remove(account);
    client.reserved().remove(account);
    client.greeting().remove(account);
    greeting.remove(account);
    forgetUnused(address, client);
  }

  private void forgetUnused(ClientAddress address, ClientAccount client) {
    if (client.connections().isEmpty() && client.reserved().isEmpty()) {
      clients.remove(address, client);
    }
  }

  void greeted(ConnectionAccount account) {
    lock.lock();
    try {
      account.markSpoke();
      greeting.remove(account);
      account.client().greeting().remove(account);
    } finally {
      lock.unlock();
    }
  }

  void closed(ConnectionAccount account) {
    lock.lock();
    try {
      noteIfOwedNothing(account);
      forget(account);
    } finally {
      lock.unlock();
    }
  }

  /// Connections that are let in.
  public int connectionCount() {
    lock.lock();
    try {
      return connections.size() + reserved.size();
    } finally {
      lock.unlock();
    }
  }

  /// Clients that are known.
  int clientCount() {
    lock.lock();
    try {
      return clients.size();
    } finally {
      lock.unlock();
    }
  }

  /// Bytes of answers taken from the budget of all.
  long answerBytesUsed() {
    return answerBytes.used();
  }
}
