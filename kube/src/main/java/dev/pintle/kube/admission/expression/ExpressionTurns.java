package dev.pintle.kube.admission.expression;

import dev.pintle.kube.cel.Effort;
import dev.pintle.kube.cel.TooMuchEffort;
import dev.pintle.kube.request.UserInfo;
import dev.pintle.kube.worker.FairExecutor;
import java.util.function.Function;

/// The place where expressions run: at once with a small effort, and, where that does not suffice, again in the client's turn, since a
/// virtual thread that computes holds up all others.
public final class ExpressionTurns {
  private final FairExecutor bulk;

  public ExpressionTurns(FairExecutor bulk) {
    this.bulk = bulk;
  }

  /// Does `work`, which changes nothing; waits for its turn where it must.
  public <T> T call(UserInfo caller, Function<Effort, T> work) {
    if (!Thread.currentThread().isVirtual()) {
      // In turn already.
      return work.apply(Effort.FULL);
    }
    try {
      return work.apply(Effort.QUICK);
    } catch (TooMuchEffort _) {
      return bulk.call(caller.name(), 0, () -> work.apply(Effort.FULL));
    }
  }
}
