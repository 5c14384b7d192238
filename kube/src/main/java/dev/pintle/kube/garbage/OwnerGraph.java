package dev.pintle.kube.garbage;

import dev.pintle.kube.store.ObjectFacts;
import dev.pintle.kube.store.StoredObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The graph of owners and dependents: of every object that names owners, or that waits for its dependents, by their keys in the store.
/// Objects without either take no room in it. Thread-safe.
final class OwnerGraph {
  static final String FOREGROUND = "foregroundDeletion";
  static final String ORPHAN = "orphan";

  private final ReentrantLock lock = new ReentrantLock();

  // Guarded by `lock`.
  private final Map<String, Node> nodes = new HashMap<>();
  private final Map<String, Set<String>> dependents = new HashMap<>();

  /// How many dependents keep each owner from going, by its uid.
  private final Map<String, Integer> blocking = new HashMap<>();

  /// Keys of objects that are being deleted and wait for their dependents, by their uids.
  private final Map<String, String> waiting = new HashMap<>();

  /// An object as the graph knows it.
  ///
  /// @param owners the uids of its owners
  /// @param blocked those of them that may not go before it does
  /// @param deleting whether it is being deleted
  record Node(
      String uid,
      List<String> owners,
      List<String> blocked,
      boolean deleting,
      boolean foreground,
      boolean orphaning) {
    static Node of(StoredObject object) {
      ObjectFacts facts = object.facts();
      boolean deleting = object.isBeingDeleted();
      return new Node(
          object.uid(),
          facts.ownerUids(),
          facts.blockedOwnerUids(),
          deleting,
          deleting && facts.finalizers().contains(FOREGROUND),
          deleting && facts.finalizers().contains(ORPHAN));
    }

    private boolean matters() {
      return !owners.isEmpty() || foreground || orphaning;
    }
  }

  void clear() {
    lock.lock();
    try {
      nodes.clear();
      dependents.clear();
      blocking.clear();
      waiting.clear();
    } finally {
      lock.unlock();
    }
  }

  /// Takes an object in as it is now; answers as what it was known before.
  @Nullable Node put(String key, Node now) {
    lock.lock();
    try {
      Node before = forget(key);
      if (now.matters()) {
        nodes.put(key, now);
        now.owners()
            .forEach(
                owner -> dependents.computeIfAbsent(owner, _ -> new LinkedHashSet<>()).add(key));
        now.blocked().forEach(owner -> blocking.merge(owner, 1, Integer::sum));
        if (now.foreground()) {
          waiting.put(now.uid(), key);
        }
      }
      return before;
    } finally {
      lock.unlock();
    }
  }

  /// Takes an object out; answers as what it was known.
  @Nullable Node remove(String key) {
    lock.lock();
    try {
      return forget(key);
    } finally {
      lock.unlock();
    }
  }

  private @Nullable Node forget(String key) {
    Node before = nodes.remove(key);
    if (before != null) {
      waiting.remove(before.uid(), key);
      for (String owner : before.blocked()) {
        blocking.computeIfPresent(owner, (_, others) -> others == 1 ? null : others - 1);
      }
      for (String owner : before.owners()) {
        dependents.computeIfPresent(
            owner,
            (_, keys) -> {
              keys.remove(key);
              return keys.isEmpty() ? null : keys;
            });
      }
    }
    return before;
  }

  @Nullable Node find(String key) {
    lock.lock();
    try {
      return nodes.get(key);
    } finally {
      lock.unlock();
    }
  }

  /// The keys of all objects that are known.
  List<String> keys() {
    lock.lock();
    try {
      return List.copyOf(nodes.keySet());
    } finally {
      lock.unlock();
    }
  }

  /// The keys of those that name `uid` as an owner.
  List<String> dependents(String uid) {
    lock.lock();
    try {
      return List.copyOf(dependents.getOrDefault(uid, Set.of()));
    } finally {
      lock.unlock();
    }
  }

  /// Those of the dependents that must be gone before the owner may.
  List<String> blockingDependents(String uid) {
    lock.lock();
    try {
      List<String> blocking = new ArrayList<>();
      for (String key : dependents.getOrDefault(uid, Set.of())) {
        Node node = nodes.get(key);
        if (node != null && node.blocked().contains(uid)) {
          blocking.add(key);
        }
      }
      return blocking;
    } finally {
      lock.unlock();
    }
  }

  /// The keys of those of the owners that waited for their dependents, and have none left that keeps them from going.
  List<String> freed(List<String> uids) {
    lock.lock();
    try {
      List<String> found = new ArrayList<>(0);
      for (String uid : uids) {
        String key = waiting.get(uid);
        if (key != null && !blocking.containsKey(uid)) {
          found.add(key);
        }
      }
      return found;
    } finally {
      lock.unlock();
    }
  }

  /// Objects in the graph.
  int size() {
    lock.lock();
    try {
      return nodes.size();
    } finally {
      lock.unlock();
    }
  }
}
