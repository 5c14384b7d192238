package dev.pintle.wire.budget;

import dev.pintle.wire.AnswerRoom;
import dev.pintle.wire.SharedLimit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/// The room for an answer out of its client's budget, taken in steps. One thread takes; another may close meanwhile, and
/// whoever collects is then told to stop.
public final class ReservedRoom implements AnswerRoom {
  /// An answer of up to this size needs no room: its stream has as much beside it.
  private static final long OWN_BYTES = 4 << 10;

  private static final long STEP_BYTES = 64 << 10;
  private static final long CLOSED = -1;

  private final Budget budget;
  private final BooleanSupplier first;
  private final AtomicLong taken = new AtomicLong();
  private long used;
  private SharedLimit refusedBy;

  /// @param first whether whoever asks comes first
  ReservedRoom(Budget budget, BooleanSupplier first) {
    this.budget = budget;
    this.first = first;
    this.refusedBy = budget.limit();
  }

  @Override
  public Grant take(long bytes) {
    used += bytes;
    if (used <= OWN_BYTES) {
      return Grant.GIVEN;
    }
    if (used > budget.max()) {
      refusedBy = budget.limit();
      budget.refused(refusedBy);
      return Grant.ANSWER_TOO_LARGE;
    }
    return reserve(used - OWN_BYTES) ? Grant.GIVEN : Grant.BUDGET_EXHAUSTED;
  }

  private boolean reserve(long wanted) {
    long before = taken.get();
    if (before == CLOSED) {
      return false;
    }
    if (wanted <= before) {
      return true;
    }
    long more = (wanted - before + STEP_BYTES - 1) / STEP_BYTES * STEP_BYTES;
    SharedLimit limit = budget.take(more, first.getAsBoolean());
    if (limit != null) {
      refusedBy = limit;
      return false;
    }
    if (taken.compareAndSet(before, before + more)) {
      return true;
    }
    budget.give(more);
    return false;
  }

  @Override
  public void give(long bytes) {
    used -= Math.min(used, bytes);
  }

  @Override
  public void giveBack(long bytes) {
    give(bytes);
    long needed = Math.max(0, used - OWN_BYTES);
    long kept = (needed + STEP_BYTES - 1) / STEP_BYTES * STEP_BYTES;
    long before = taken.get();
    if (before > kept && taken.compareAndSet(before, kept)) {
      budget.give(before - kept);
    }
  }

  @Override
  public SharedLimit refusedBy() {
    return refusedBy;
  }

  /// Gives everything back.
  public void close() {
    long rest = taken.getAndSet(CLOSED);
    if (rest > 0) {
      budget.give(rest);
    }
  }
}
