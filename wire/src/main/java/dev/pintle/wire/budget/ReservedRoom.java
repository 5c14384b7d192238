package dev.pintle.wire.budget;

import dev.pintle.wire.AnswerRoom;
import java.util.concurrent.atomic.AtomicLong;

/// The room for an answer out of its client's budget, taken in steps. One thread takes; another may close meanwhile, and
/// whoever collects is then told to stop.
public final class ReservedRoom implements AnswerRoom {
  /// An answer of up to this size needs no room: its stream has as much beside it.
  private static final long OWN_BYTES = 4 << 10;

  private static final long STEP_BYTES = 64 << 10;
  private static final long CLOSED = -1;

  private final Budget budget;
  private final AtomicLong taken = new AtomicLong();
  private long used;

  ReservedRoom(Budget budget) {
    this.budget = budget;
  }

  @Override
  public Grant take(long bytes) {
    used += bytes;
    if (used <= OWN_BYTES) {
      return Grant.GIVEN;
    }
    if (used > budget.max()) {
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
    if (!budget.tryTake(more)) {
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

  /// Gives everything back.
  public void close() {
    long rest = taken.getAndSet(CLOSED);
    if (rest > 0) {
      budget.give(rest);
    }
  }
}
