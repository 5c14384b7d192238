package dev.pintle.kube.outbound;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;

/// A resource that many share, each under a name. Nobody keeps more of it than a part of what all leave free, so that it is never used
/// up, however many want all of it: the more they are, the less each may have, and whoever comes new finds something. Who finds too
/// little waits, behind those of the same name. Thread-safe.
final class SharedOut {
  private final long all;
  private final long part;
  private final ReentrantLock lock = new ReentrantLock();
  // All below are guarded by `lock`.
  private long free;
  private final Map<String, Holder> holders = new HashMap<>();
  // Those somebody waits under, in the order in which they began to.
  private final Set<Holder> waiting = new LinkedHashSet<>();

  private record Waiter(long amount, CompletableFuture<Void> granted) {}

  private static final class Holder {
    final String name;
    final ArrayDeque<Waiter> waiters = new ArrayDeque<>(0);
    long held;

    Holder(String name) {
      this.name = name;
    }
  }

  /// @param all at least 1
  /// @param part of how many parts of what is free one name may keep one
  SharedOut(long all, long part) {
    this.all = Math.max(all, 1);
    this.part = part;
    this.free = this.all;
  }

  /// At least one, and never more than there is at all.
  long fitting(long amount) {
    return Math.clamp(amount, 1, all);
  }

  long free() {
    lock.lock();
    try {
      return free;
    } finally {
      lock.unlock();
    }
  }

  long heldBy(String name) {
    lock.lock();
    try {
      Holder holder = holders.get(name);
      return holder == null ? 0 : holder.held;
    } finally {
      lock.unlock();
    }
  }

  /// Takes a fitting amount, where nobody has to wait for it.
  boolean tryTake(String name, long amount) {
    lock.lock();
    try {
      Holder holder = holders.computeIfAbsent(name, Holder::new);
      boolean taken = holder.waiters.isEmpty() && fits(holder, amount);
      if (taken) {
        give(holder, amount);
      }
      forgetIdle(holder);
      return taken;
    } finally {
      lock.unlock();
    }
  }

  /// Takes more for one who holds `mine` already, where nobody has to wait for it. If that is all that is held under the name, it may grow
  /// until no more than as much is left to all others.
  boolean tryGrow(String name, long amount, long mine) {
    lock.lock();
    try {
      Holder holder = holders.computeIfAbsent(name, Holder::new);
      boolean alone = holder.held == mine && mine + amount <= free;
      boolean taken = alone || (holder.waiters.isEmpty() && fits(holder, amount));
      if (taken) {
        give(holder, amount);
      }
      forgetIdle(holder);
      return taken;
    } finally {
      lock.unlock();
    }
  }

  /// As [#tryTake], but waits; answers false where the time was over before.
  boolean take(String name, long amount, long nanos) throws InterruptedException {
    Waiter waiter = new Waiter(amount, new CompletableFuture<>());
    lock.lock();
    try {
      Holder holder = holders.computeIfAbsent(name, Holder::new);
      holder.waiters.add(waiter);
      waiting.add(holder);
      grant(holder);
    } finally {
      lock.unlock();
    }
    try {
      waiter.granted().get(nanos, TimeUnit.NANOSECONDS);
      return true;
    } catch (TimeoutException _) {
      return !leave(name, waiter);
    } catch (ExecutionException failed) {
      throw new IllegalStateException("nobody fails to grant", failed);
    } catch (InterruptedException stopped) {
      if (!leave(name, waiter)) {
        giveBack(name, amount);
      }
      throw stopped;
    }
  }

  /// Answers false where the waiter was granted what it wants.
  private boolean leave(String name, Waiter waiter) {
    lock.lock();
    try {
      Holder holder = holders.get(name);
      if (waiter.granted().isDone() || holder == null) {
        return false;
      }
      holder.waiters.remove(waiter);
      // It may have stood before one that wants less.
      grant(holder);
      return true;
    } finally {
      lock.unlock();
    }
  }

  void giveBack(String name, long amount) {
    lock.lock();
    try {
      Holder holder = holders.computeIfAbsent(name, Holder::new);
      holder.held -= amount;
      free += amount;
      for (Holder each : List.copyOf(waiting)) {
        grant(each);
      }
      forgetIdle(holder);
    } finally {
      lock.unlock();
    }
  }

  private void grant(Holder holder) {
    while (!holder.waiters.isEmpty() && fits(holder, holder.waiters.getFirst().amount())) {
      Waiter first = holder.waiters.removeFirst();
      give(holder, first.amount());
      first.granted().complete(null);
    }
    if (holder.waiters.isEmpty()) {
      waiting.remove(holder);
      forgetIdle(holder);
    }
  }

  private boolean fits(Holder holder, long amount) {
    return amount <= free && (holder.held == 0 || holder.held < free / part);
  }

  private void give(Holder holder, long amount) {
    holder.held += amount;
    free -= amount;
  }

  private void forgetIdle(Holder holder) {
    if (holder.held == 0 && holder.waiters.isEmpty()) {
      holders.remove(holder.name);
    }
  }
}
