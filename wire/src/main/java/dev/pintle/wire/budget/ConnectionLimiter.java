package dev.pintle.wire.budget;

import dev.pintle.wire.SharedLimits;
import dev.pintle.wire.time.WireClock;
import java.net.SocketAddress;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The gate that lets connections in, for all listeners of a process. Over a limit, a new connection takes the place of
/// one that waits for its client, the one that has waited longest first; where every connection is being served, the
/// new one is not let in.
///
/// Accepting is rare beside requests, so one lock guards the lists; requests never take it.
public final class ConnectionLimiter {
  private final SharedLimits limits;
  private final WireClock clock;
  private final Budget streams;
  private final Budget requestBytes;
  private final Budget answerBytes;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<ClientAddress, ClientAccount> clients = new HashMap<>();
  private final Set<ConnectionAccount> greeting = new LinkedHashSet<>();
  private final Map<ConnectionAccount, ClientAddress> connections = new HashMap<>();
  private final WaitingQueue waiting = new WaitingQueue();

  public ConnectionLimiter(SharedLimits limits) {
    this(limits, WireClock.SYSTEM);
  }

  /// @param clock that of the event loops
  public ConnectionLimiter(SharedLimits limits, WireClock clock) {
    this.limits = limits;
    this.clock = clock;
    this.streams = new Budget(limits.streamsMax());
    this.requestBytes = new Budget(limits.requestBytesMax());
    this.answerBytes = new Budget(limits.answerBytesMax());
  }

  /// Lets a connection from `remote` in, or answers null: it is to be closed at once.
  ///
  /// @param end ends the connection; for any thread
  public @Nullable ConnectionAccount admit(@Nullable SocketAddress remote, Runnable end) {
    ClientAddress address = ClientAddress.of(remote);
    lock.lock();
    try {
      ClientAccount client = clients.computeIfAbsent(address, unknown -> newClient());
      if (!makeRoom(client)) {
        forgetUnused(address, client);
        return null;
      }
      ConnectionAccount account = new ConnectionAccount(this, client, clock.nanos(), end);
      clients.put(address, client);
      connections.put(account, address);
      client.connections().add(account);
      client.greeting().add(account);
      greeting.add(account);
      return account;
    } finally {
      lock.unlock();
    }
  }

  private ClientAccount newClient() {
    return new ClientAccount(
        streams.part(limits.clientStreamsMax()),
        requestBytes.part(limits.clientRequestBytesMax()),
        answerBytes.part(limits.clientAnswerBytesMax()));
  }

  private boolean makeRoom(ClientAccount client) {
    int greetingMax = limits.greetingConnectionsMax();
    if (client.greeting().size() >= Math.max(1, greetingMax / 2)) {
      end(client.greeting().iterator().next());
    } else if (greeting.size() >= greetingMax) {
      end(greeting.iterator().next());
    }
    if (client.connections().size() >= limits.clientConnectionsMax()) {
      return endOne(client.waiting().poll(client.connections(), clock.nanos()));
    }
    return connections.size() < limits.connectionsMax()
        || endOne(waiting.poll(connections.keySet(), clock.nanos()));
  }

  private boolean endOne(@Nullable ConnectionAccount account) {
    if (account == null) {
      return false;
    }
    end(account);
    return true;
  }

  /// Its place is free from now on; its end follows on its own thread.
  private void end(ConnectionAccount account) {
    forget(account);
    account.end();
  }

  private void forget(ConnectionAccount account) {
    ClientAddress address = connections.remove(account);
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
    if (client.connections().isEmpty()) {
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
      return connections.size();
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
