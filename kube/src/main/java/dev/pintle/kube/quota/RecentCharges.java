package dev.pintle.kube.quota;

import dev.pintle.kernel.command.Outcome;
import java.util.concurrent.atomic.AtomicLongArray;

/// The revisions at which quotas were charged lately: what they did to a quota that was there
/// need not be looked at. Thread-safe.
final class RecentCharges {
  private static final int KEPT = 4_096;

  private final AtomicLongArray revisions = new AtomicLongArray(KEPT);

  void note(Outcome outcome) {
    if (outcome instanceof Outcome.TxnApplied(var revision, var reply) && reply.succeeded()) {
      revisions.set((int) (revision % KEPT), revision);
    }
  }

  boolean contains(long revision) {
    return revisions.get((int) (revision % KEPT)) == revision;
  }
}
