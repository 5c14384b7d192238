package dev.pintle.kube.quota;

import dev.pintle.kernel.command.Outcome;
import dev.pintle.kube.ownership.FieldOwnership;
import dev.pintle.kube.quota.NamespaceWrites.CheckedWrite;
import dev.pintle.kube.quota.NamespaceWrites.Step;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.store.ObjectReader;
import dev.pintle.kube.store.ObjectView;
import dev.pintle.kube.transaction.ObjectTransaction;
import dev.pintle.kube.verb.ApiRequest;
import dev.pintle.member.Member;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// The writes that charge quotas, of all namespaces: those of one namespace take turns, so that none is overtaken again and again. The
/// store's own guards see to it that no quota is exceeded; the turns see to it that everybody gets on. Thread-safe.
public final class QuotaLedger {
  /// Each time somebody else makes progress.
  private static final int ATTEMPTS_MAX = 100;

  private final Supplier<ResourceType> type;
  private final ObjectReader objects;
  private final FieldOwnership ownership;
  private final Supplier<ObjectView> views;
  private final Clock clock;
  private final RecentCharges charges = new RecentCharges();
  private final ParsedQuotas parsed = new ParsedQuotas();
  private final ReentrantLock lock = new ReentrantLock();

  /// Those in which something is under way. Guarded by `lock`.
  private final Map<String, NamespaceWrites> namespaces = new HashMap<>();

  /// @param type of quotas
  /// @param views the store as it is now
  public QuotaLedger(
      Supplier<ResourceType> type,
      ObjectReader objects,
      FieldOwnership ownership,
      Supplier<ObjectView> views,
      Clock clock) {
    this.type = type;
    this.objects = objects;
    this.ownership = ownership;
    this.views = views;
    this.clock = clock;
  }

  QuotaStatus status() {
    return new QuotaStatus(type.get(), objects, ownership, parsed, clock);
  }

  /// Whether all that was written at a revision is known to be a charge; there may be more of them.
  boolean isCharge(long revision) {
    return charges.contains(revision);
  }

  private void with(String namespace, Consumer<NamespaceWrites> action) {
    NamespaceWrites writes = enter(namespace);
    try {
      action.accept(writes);
    } finally {
      leave(namespace, writes);
    }
  }

  private NamespaceWrites enter(String namespace) {
    lock.lock();
    try {
      NamespaceWrites writes =
          namespaces.computeIfAbsent(namespace, _ -> new NamespaceWrites(status(), views, charges));
      writes.users++;
      return writes;
    } finally {
      lock.unlock();
    }
  }

  private void leave(String namespace, NamespaceWrites writes) {
    lock.lock();
    try {
      if (--writes.users == 0) {
        namespaces.remove(namespace);
      }
    } finally {
      lock.unlock();
    }
  }

  /// Runs `action` while no write that charges a quota of the namespace is under way.
  void alone(String namespace, Runnable action) {
    with(namespace, writes -> writes.alone(action));
  }

  /// Lets the commit of a transaction charge what is written.
  void charge(ObjectTransaction transaction, CheckedWrite write) {
    switch (transaction.committer()) {
      case null -> transaction.commitBy(new Charging(this, write));
      case Charging(_, var other) when other.namespace().equals(write.namespace()) ->
          transaction.commitBy(new Charging(this, other.and(write)));
      case ObjectTransaction.Committer _ -> {
        // The server's own objects alone are made in several namespaces at once.
        for (QuotaCheck.Charge charge : write.charges()) {
          Quota quota = charge.quota();
          transaction
              .unchanged(quota.key(), quota.version())
              .put(
                  quota.key(),
                  status()
                      .write(quota, quota.hard(), charge.over(quota.used()), ApiRequest.SERVER)
                      .value());
        }
      }
    }
  }

  /// The commit of a write that is charged.
  private record Charging(QuotaLedger ledger, CheckedWrite write)
      implements ObjectTransaction.Committer {
    @Override
    public OptionalLong commit(ObjectTransaction transaction, Member member) {
      return ledger.commit(transaction, member, write);
    }
  }

  private OptionalLong commit(ObjectTransaction transaction, Member member, CheckedWrite write) {
    NamespaceWrites writes = enter(write.namespace());
    try {
      return commit(transaction, member, write, writes);
    } finally {
      leave(write.namespace(), writes);
    }
  }

  private OptionalLong commit(
      ObjectTransaction transaction, Member member, CheckedWrite write, NamespaceWrites writes) {
    for (int i = 0; i < ATTEMPTS_MAX; i++) {
      switch (writes.begin(transaction, member, write)) {
        case Step.Begun begun -> {
          OptionalLong revision = revision(begun, writes);
          if (revision.isPresent() || !transaction.holds(views.get(), write.keys())) {
            return revision;
          }
        }
        case Step.Behind(var others) -> outcome(others);
        case Step.Overtaken _ -> {
          return OptionalLong.empty();
        }
      }
    }
    return OptionalLong.empty();
  }

  private static OptionalLong revision(Step.Begun begun, NamespaceWrites writes) {
    OptionalLong revision = OptionalLong.empty();
    try {
      revision = ObjectTransaction.revision(outcome(begun.outcome()));
      return revision;
    } finally {
      writes.ended(begun, revision.isPresent());
    }
  }

  private static Outcome outcome(CompletableFuture<Outcome> outcome) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return outcome.get();
        } catch (InterruptedException e) {
          // The store answers every command; what it did must be known.
          interrupted = true;
        } catch (ExecutionException e) {
          throw new IllegalStateException("the store's answer", e);
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
