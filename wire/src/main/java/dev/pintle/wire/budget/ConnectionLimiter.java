package dev.pintle.wire.budget;

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

  private final WaitingQueue waiting = new WaitingQueue();

  public ConnectionLimiter(SharedLimits limits) {
    this(limits, WireClock.SYSTEM, new ShedCounts());
  }

  /// @param clock that of the event loops
  /// @param shed counts whoever meets a limit
  public ConnectionLimiter(SharedLimits limits, WireClock clock, ShedCounts shed) {
    this.limits = limits;
    this.clock = clock;
    this.shed = shed;
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
      if (beyond != null && (!hears || !makeReservedRoom(client))) {
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
        answerBytes.part(SharedLimit.CLIENT_ANSWER_BYTES, limits.clientAnswerBytesMax()));
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

  /// Whether there is a place for a connection of `client` among those beyond the limits. A client that has none there takes the
  /// newest of the one that has most.
  private boolean makeReservedRoom(ClientAccount client) {
    int most = limits.reservedConnectionsMax();
    if (client.reserved().size() >= Math.max(1, most / 2)) {
      return endOld(client.reserved());
    }
    if (reserved.size() < most || endOld(reserved.keySet())) {
      return most > 0;
    }
    return client.reserved().isEmpty() && endOneOfMany();
  }

  /// Ends one that has waited for its client for long: who says nothing, or has said it.
  private boolean endOld(Collection<ConnectionAccount> among) {
    long now = clock.nanos();
    for (ConnectionAccount account : among) {
      long since = account.waitingSinceNanos();
      if (since != ConnectionAccount.SERVED && now - since > RESERVED_WAIT_NANOS) {
        return end(account, SharedLimit.RESERVED_CONNECTIONS);
      }
    }
    return false;
  }

  private boolean endOneOfMany() {
    ConnectionAccount last = null;
    int most = 1;
    for (ConnectionAccount account : reserved.keySet()) {
      int has = account.client().reserved().size();
      if (has >= most && has > 1 && account.waitingSinceNanos() != ConnectionAccount.SERVED) {
        most = has;
        last = account;
      }
    }
    return end(last, SharedLimit.RESERVED_CONNECTIONS);
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
      greeting.remove(account);
      account.client().greeting().remove(account);
    } finally {
      lock.unlock();
    }
  }

  void closed(ConnectionAccount account) {
    lock.lock();
    try {
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
