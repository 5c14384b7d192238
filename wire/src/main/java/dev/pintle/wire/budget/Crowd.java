package dev.pintle.wire.budget;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A number of connections by their clients, which knows who has most of them. Guarded by the limiter's lock.
final class Crowd {
  /// Oldest first.
  private final Map<ClientAccount, Set<ConnectionAccount>> connections = new HashMap<>();

  private final TreeMap<Integer, Set<ClientAccount>> clientsByCount = new TreeMap<>();
  private int size;

  void add(ConnectionAccount account) {
    Set<ConnectionAccount> its =
        connections.computeIfAbsent(account.client(), unknown -> new LinkedHashSet<>());
    if (its.add(account)) {
      size++;
      move(account.client(), its.size() - 1, its.size());
    }
  }

  boolean remove(ConnectionAccount account) {
    ClientAccount client = account.client();
    Set<ConnectionAccount> its = connections.get(client);
    if (its == null || !its.remove(account)) {
      return false;
    }
    size--;
    move(client, its.size() + 1, its.size());
    if (its.isEmpty()) {
      connections.remove(client);
    }
    return true;
  }

  int size() {
    return size;
  }

  private void move(ClientAccount client, int before, int after) {
    Set<ClientAccount> left = clientsByCount.get(before);
    if (left != null && left.remove(client) && left.isEmpty()) {
      clientsByCount.remove(before);
    }
    if (after > 0) {
      clientsByCount.computeIfAbsent(after, unknown -> new LinkedHashSet<>()).add(client);
    }
  }

  /// The oldest of the client that has most of them, of several such the one that has had so many for longest; null for none.
  @Nullable ConnectionAccount oldestOfMost() {
    Map.Entry<Integer, Set<ClientAccount>> most = clientsByCount.lastEntry();
    if (most == null) {
      return null;
    }
    Set<ConnectionAccount> its = connections.get(most.getValue().iterator().next());
    return its == null ? null : its.iterator().next();
  }
}
