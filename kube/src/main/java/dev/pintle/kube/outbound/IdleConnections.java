package dev.pintle.kube.outbound;

import dev.pintle.kube.outbound.OutboundTarget.Peer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The connections that wait for another call, the last one used first, so that those that are not needed grow old.
final class IdleConnections {
  private final OutboundLimits limits;
  private final ReentrantLock lock = new ReentrantLock();
  // All below are guarded by `lock`.
  private final Map<Peer, ArrayDeque<OutboundConnection>> byPeer = new LinkedHashMap<>();
  private int count;
  private boolean closed;

  IdleConnections(OutboundLimits limits) {
    this.limits = limits;
  }

  /// One that may be used; null when there is none.
  @Nullable OutboundConnection take(Peer peer) {
    while (true) {
      OutboundConnection last = last(peer);
      if (last == null || !last.isStale()) {
        return last;
      }
      last.close();
    }
  }

  private @Nullable OutboundConnection last(Peer peer) {
    lock.lock();
    try {
      ArrayDeque<OutboundConnection> waiting = byPeer.get(peer);
      if (waiting == null) {
        return null;
      }
      OutboundConnection last = waiting.pollLast();
      if (waiting.isEmpty()) {
        byPeer.remove(peer);
      }
      if (last != null) {
        count--;
      }
      return last;
    } finally {
      lock.unlock();
    }
  }

  /// Keeps it, or closes it where there are enough.
  void give(OutboundConnection connection) {
    boolean kept = false;
    lock.lock();
    try {
      ArrayDeque<OutboundConnection> waiting =
          byPeer.computeIfAbsent(connection.peer(), _ -> new ArrayDeque<>(1));
      if (!closed && count < limits.idleMax() && waiting.size() < limits.idlePerServerMax()) {
        connection.idleSince(System.nanoTime());
        waiting.addLast(connection);
        count++;
        kept = true;
      } else if (waiting.isEmpty()) {
        byPeer.remove(connection.peer());
      }
    } finally {
      lock.unlock();
    }
    if (!kept) {
      connection.close();
    }
  }

  /// Closes those that have waited long enough.
  void sweep() {
    long before = System.nanoTime() - limits.idle().toNanos();
    List<OutboundConnection> old = new ArrayList<>();
    lock.lock();
    try {
      Iterator<ArrayDeque<OutboundConnection>> all = byPeer.values().iterator();
      while (all.hasNext()) {
        ArrayDeque<OutboundConnection> waiting = all.next();
        while (!waiting.isEmpty()
            && (closed || waiting.getFirst().idleSinceNanos() - before <= 0)) {
          old.add(waiting.removeFirst());
          count--;
        }
        if (waiting.isEmpty()) {
          all.remove();
        }
      }
    } finally {
      lock.unlock();
    }
    old.forEach(OutboundConnection::close);
  }

  int size() {
    lock.lock();
    try {
      return count;
    } finally {
      lock.unlock();
    }
  }

  void close() {
    lock.lock();
    try {
      closed = true;
    } finally {
      lock.unlock();
    }
    sweep();
  }
}
