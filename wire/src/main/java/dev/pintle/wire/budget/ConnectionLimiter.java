package dev.pintle.wire.budget;

import dev.pintle.wire.BeyondClaim;
import dev.pintle.wire.SharedLimit;
import dev.pintle.wire.SharedLimits;
import dev.pintle.wire.ShedCounts;
import dev.pintle.wire.time.WireClock;
import java.net.SocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The gate that lets connections in, for all listeners of a process. Over a limit, a new connection takes the place of
/// one that waits for its client, the one that has waited longest first; where every connection is being served, the
/// new one is not let in, or takes one of the few places where it may say who it is: see [ConnectionAccount#beyond].
///
/// Accepting is rare beside requests, so one lock guards the lists; requests do not take it but beyond a limit, and the first
/// of whoever is served whatever others do.
public final class ConnectionLimiter {
  private final SharedLimits limits;
  private final WireClock clock;
  private final ShedCounts shed;
  private final Budget streams;
  private final Budget requestBytes;
  private final Budget answerBytes;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<ClientAddress, ClientAccount> clients = new HashMap<>();
  private final KnownClients known = new KnownClients();
  private final GreetingQueue greeting = new GreetingQueue();
  private final Map<ConnectionAccount, ClientAddress> connections = new HashMap<>();

  /// Beside `connections`.
  private final ReservedPlaces reserved;

  private final WaitingQueue waiting;
  private final UploadSlots uploads = new UploadSlots(Runtime.getRuntime().availableProcessors());

  public ConnectionLimiter(SharedLimits limits) {
    this(limits, WireClock.SYSTEM, new ShedCounts());
  }

  /// @param clock that of the event loops
  /// @param shed counts whoever meets a limit
  public ConnectionLimiter(SharedLimits limits, WireClock clock, ShedCounts shed) {
    this.limits = limits;
    this.clock = clock;
    this.shed = shed;
    this.reserved = new ReservedPlaces(limits.reservedConnectionsMax(), known);
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
      long now = clock.nanos();
      ClientStanding standing = known.standingOf(address, now);
      ClientAccount client = clients.computeIfAbsent(address, unknown -> newClient());
      SharedLimit beyond = makeRoom(client, standing, now);
      if (beyond != null && (!hears || !makeReservedRoom(client, standing, now))) {
        shed.count(hears ? SharedLimit.RESERVED_CONNECTIONS : beyond);
        forgetUnused(address, client);
        return null;
      }
      ConnectionAccount account = new ConnectionAccount(this, client, beyond, now, end);
      clients.put(address, client);
      if (beyond == null) {
        connections.put(account, address);
        client.connections().add(account);
        client.greeting().add(account);
        greeting.add(account, standing);
      } else {
        reserved.add(account, address);
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
  private @Nullable SharedLimit makeRoom(ClientAccount client, ClientStanding standing, long now) {
    int greetingMax = limits.greetingConnectionsMax();
    SharedLimit limit = SharedLimit.GREETING_CONNECTIONS;
    if (client.greeting().size() >= Math.max(1, greetingMax / 2)) {
      endUnheard(client.greeting().iterator().next(), now);
    } else if (greeting.size() >= greetingMax && !endUnheard(greeting.firstToEnd(standing), now)) {
      return limit;
    }
    if (client.connections().size() >= limits.clientConnectionsMax()) {
      limit = SharedLimit.CLIENT_CONNECTIONS;
      return end(client.waiting().poll(client.connections(), now), limit) ? null : limit;
    }
    if (connections.size() >= limits.connectionsMax()) {
      limit = SharedLimit.CONNECTIONS;
      return end(waiting.poll(connections.keySet(), now), limit) ? null : limit;
    }
    return null;
  }

  private boolean endUnheard(@Nullable ConnectionAccount account, long now) {
    ClientAddress address = account == null ? null : connections.get(account);
    if (address != null) {
      known.addUnheard(address, now);
    }
    return end(account, SharedLimit.GREETING_CONNECTIONS);
  }

  private boolean makeReservedRoom(ClientAccount client, ClientStanding standing, long now) {
    if (reserved.hasRoom(client, standing)) {
      return true;
    }
    ConnectionAccount ended = reserved.firstToEnd(client, standing, now);
    if (ended == null) {
      return false;
    }
    reserved.noteIfSilent(ended, now);
    return end(ended, SharedLimit.RESERVED_CONNECTIONS);
  }

  /// See [ConnectionAccount#isServedBeyond].
  boolean isServedBeyond(ConnectionAccount account, BeyondClaim claim) {
    lock.lock();
    try {
      boolean served = reserved.isServed(account, claim, clock.nanos());
      letOneIn();
      return served;
    } finally {
      lock.unlock();
    }
  }

  /// Where a place has become free, whoever is owed it takes it before anybody new.
  private void letOneIn() {
    if (connections.size() >= limits.connectionsMax()) {
      return;
    }
    ConnectionAccount account = reserved.firstToLetIn(limits.clientConnectionsMax());
    ClientAddress address = account == null ? null : reserved.remove(account);
    if (account != null && address != null) {
      account.letIn();
      connections.put(account, address);
      account.client().connections().add(account);
    }
  }

  /// Takes note of what the client of this connection is owed.
  void owes(ConnectionAccount account, BeyondClaim claim) {
    if (claim == BeyondClaim.NONE) {
      return;
    }
    lock.lock();
    try {
      ClientAddress address = addressOf(account);
      if (address != null) {
        known.addOwed(address, claim, clock.nanos());
      }
    } finally {
      lock.unlock();
    }
  }

  private @Nullable ClientAddress addressOf(ConnectionAccount account) {
    ClientAddress address = connections.get(account);
    return address == null ? reserved.addressOf(account) : address;
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
    client.connections().remove(account);
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
      ClientAddress address = addressOf(account);
      if (address != null) {
        known.addSpoken(address, clock.nanos());
      }
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
      reserved.noteIfOwedNothing(account, clock.nanos());
      forget(account);
      letOneIn();
    } finally {
      lock.unlock();
    }
  }

  /// The slots for large bodies of all connections, as many as the machine has processors.
  UploadSlots uploads() {
    return uploads;
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
