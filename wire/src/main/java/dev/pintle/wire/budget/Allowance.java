package dev.pintle.wire.budget;

/// The use that one connection makes of a budget: a share that is its own, and beyond it steps taken from the budget.
/// On the connection's event loop only.
public final class Allowance {
  private final Budget budget;
  private final long own;
  private final long step;
  private long used;
  private long taken;
  private boolean closed;

  Allowance(Budget budget, long own, long step) {
    this.budget = budget;
    this.own = own;
    this.step = step;
  }

  /// Uses `amount` more, unless neither the own share nor the budget has it.
  public boolean tryTake(long amount) {
    long missing = used + amount - own - taken;
    if (missing > 0 && !closed) {
      long wanted = stepsOf(missing);
      if (!budget.tryTake(wanted)) {
        return false;
      }
      taken += wanted;
    }
    used += amount;
    return true;
  }

  /// Uses `amount` more, there or not; negative to use less.
  public void add(long amount) {
    used += amount;
    long missing = used - own - taken;
    if (closed) {
      return;
    }
    if (missing > 0) {
      long wanted = stepsOf(missing);
      budget.take(wanted);
      taken += wanted;
    } else if (taken > 0 && -missing >= 2 * step) {
      giveBack(stepsOf(Math.max(0, used - own)));
    }
  }

  public void give(long amount) {
    add(-amount);
  }

  /// Uses `amount` from now on, instead of what it used.
  public void set(long amount) {
    if (amount != used) {
      add(amount - used);
    }
  }

  public long used() {
    return used;
  }

  /// Whether nothing more is to be had beyond the own share.
  public boolean isExhausted() {
    return used >= own && budget.isExhausted();
  }

  /// The connection has ended; what is used still ends with its streams.
  void close() {
    closed = true;
    giveBack(0);
  }

  private long stepsOf(long amount) {
    return (amount + step - 1) / step * step;
  }

  private void giveBack(long keep) {
    budget.give(taken - keep);
    taken = keep;
  }
}
