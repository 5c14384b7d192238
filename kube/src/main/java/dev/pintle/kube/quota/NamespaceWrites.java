package dev.pintle.kube.quota;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.command.Outcome;
import dev.pintle.kube.quota.QuotaCheck.Charge;
import dev.pintle.kube.store.ObjectView;
import dev.pintle.kube.strategy.ResourceAmounts;
import dev.pintle.kube.transaction.ObjectTransaction;
import dev.pintle.kube.verb.ApiRequest;
import dev.pintle.kube.worker.FairExecutor;
import dev.pintle.member.Member;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/// The writes of one namespace that are under way and charge quotas. Each is handed to the store at once, on the condition that the
/// quota is as the one before it leaves it: so many of them become durable together, in the order in which they came, and each at a
/// revision of its own. Where one fails, those behind it are begun again.
final class NamespaceWrites {
  private final QuotaStatus status;
  private final Supplier<ObjectView> views;
  private final RecentCharges charges;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  /// Guarded by the lock of [QuotaLedger].
  int users;

  // Guarded by `lock`.
  private final Map<Bytes, QuotaStatus.Written> expected = new HashMap<>();
  private CompletableFuture<Outcome> newest = new CompletableFuture<>();
  private long epoch;
  private int waitingAlone;
  private boolean alone;

  /// Grows under `lock` alone; most that end leave the lock to those that begin.
  private final AtomicInteger underWay = new AtomicInteger();

  NamespaceWrites(QuotaStatus status, Supplier<ObjectView> views, RecentCharges charges) {
    this.status = status;
    this.views = views;
    this.charges = charges;
  }

  /// The outcome of a begun write.
  sealed interface Step {
    /// A write that is with the store.
    ///
    /// @param epoch of what it expects
    record Begun(CompletableFuture<Outcome> outcome, long epoch) implements Step {}

    /// A write that does not fit in if all before it come to be; whether they do shows once `outcome` is there.
    record Behind(CompletableFuture<Outcome> outcome) implements Step {}

    /// A write that was checked against other quotas.
    record Overtaken() implements Step {}
  }

  /// Waits while somebody counts; whoever has a turn on the few threads of all clients leaves it meanwhile.
  Step begin(ObjectTransaction transaction, Member member, CheckedWrite write) {
    lock.lock();
    try {
      if (isCounting()) {
        FairExecutor.away(this::awaitCounted);
      }
      // Whoever waits for the outcome may not have come round to say that it ended.
      boolean settled = underWay.get() == 0 || newest.isDone();
      if (settled) {
        beginAnew();
      }
      List<Quota> stored = status.all(write.namespace(), views.get());
      if (!write.isCheckedAgainst(stored)) {
        return new Step.Overtaken();
      }
      List<QuotaStatus.Written> charged = new ArrayList<>(write.charges().size());
      for (Charge charge : write.charges()) {
        Quota before = guarded(transaction, charge.quota().key(), stored);
        ResourceAmounts used = charge.over(before.used());
        if (write.bounded() && !charge.exceeded(used).isEmpty()) {
          return settled ? new Step.Overtaken() : new Step.Behind(newest);
        }
        QuotaStatus.Written written = status.write(before, before.hard(), used, ApiRequest.SERVER);
        transaction.put(before.key(), written.value());
        charged.add(written);
      }
      newest = transaction.begin(member);
      charged.forEach(written -> expected.put(written.quota().key(), written));
      if (!charged.isEmpty()) {
        var _ = newest.thenAccept(charges::note);
      }
      underWay.incrementAndGet();
      return new Step.Begun(newest, epoch);
    } finally {
      lock.unlock();
    }
  }

  private boolean isCounting() {
    return alone || waitingAlone > 0;
  }

  private boolean awaitCounted() {
    while (isCounting()) {
      changed.awaitUninterruptibly();
    }
    return true;
  }

  /// The quota as the writes before this one leave it, which the transaction requires.
  private Quota guarded(ObjectTransaction transaction, Bytes key, List<Quota> stored) {
    QuotaStatus.Written written = expected.get(key);
    if (written != null) {
      transaction.holding(key, written.value());
      return written.quota();
    }
    Quota quota = found(key, stored);
    transaction.unchanged(key, quota.version());
    return quota;
  }

  /// @param stored in the order of their keys
  private static Quota found(Bytes key, List<Quota> stored) {
    int low = 0;
    int high = stored.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      int order = stored.get(middle).key().compareTo(key);
      if (order == 0) {
        return stored.get(middle);
      }
      low = order < 0 ? middle + 1 : low;
      high = order < 0 ? high : middle;
    }
    throw new IllegalStateException("no quota at " + key);
  }

  void ended(Step.Begun begun, boolean committed) {
    if (committed && underWay.decrementAndGet() > 0) {
      return;
    }
    lock.lock();
    try {
      if (!committed) {
        underWay.decrementAndGet();
      }
      boolean idle = underWay.get() == 0;
      if (idle || (!committed && begun.epoch() == epoch)) {
        beginAnew();
      }
      if (idle) {
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /// What the store has now is what the next one begins with.
  private void beginAnew() {
    expected.clear();
    epoch++;
  }

  /// Runs `action` while none of these writes is under way: they wait for it.
  void alone(Runnable action) {
    lock.lock();
    try {
      waitingAlone++;
      while (alone || underWay.get() > 0) {
        changed.awaitUninterruptibly();
      }
      waitingAlone--;
      alone = true;
      beginAnew();
    } finally {
      lock.unlock();
    }
    try {
      action.run();
    } finally {
      lock.lock();
      try {
        alone = false;
        changed.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }

  /// A write that was checked.
  ///
  /// @param quotas all of the namespace, as they were
  /// @param bounded whether it must not exceed them
  record CheckedWrite(String namespace, List<Quota> quotas, List<Charge> charges, boolean bounded) {
    /// Both, as one write.
    CheckedWrite and(CheckedWrite other) {
      Map<Bytes, Charge> all = new LinkedHashMap<>();
      for (Charge charge : charges) {
        all.put(charge.quota().key(), charge);
      }
      for (Charge charge : other.charges) {
        all.merge(
            charge.quota().key(),
            charge,
            (one, more) -> new Charge(one.quota(), one.requested().and(more.requested())));
      }
      return new CheckedWrite(
          namespace, quotas, List.copyOf(all.values()), bounded || other.bounded);
    }

    /// The keys of the quotas that are charged.
    List<Bytes> keys() {
      List<Bytes> keys = new ArrayList<>(charges.size());
      charges.forEach(charge -> keys.add(charge.quota().key()));
      return keys;
    }

    /// Whether those that are there now demand what they did.
    ///
    /// @param stored in the order of their keys, as `quotas` are
    private boolean isCheckedAgainst(List<Quota> stored) {
      boolean same = stored.size() == quotas.size();
      for (int i = 0; same && i < stored.size(); i++) {
        Quota quota = quotas.get(i);
        Quota now = stored.get(i);
        same = now.key().equals(quota.key()) && now.demandsTheSameAs(quota);
      }
      return same;
    }
  }
}
