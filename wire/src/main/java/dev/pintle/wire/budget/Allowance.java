package dev.pintle.wire.budget;

import dev.pintle.wire.SharedLimit;
import java.util.function.BooleanSupplier;

/// The use that one connection makes of a budget: a share that is its own, and beyond it steps taken from the budget.
/// On the connection's event loop only.
public final class Allowance {
  private final Budget budget;
  private final BooleanSupplier first;
  private final long own;
  private final long step;
  private long used;
  private long taken;
  private boolean closed;
  private SharedLimit refusedBy;

  /// @param first whether the connection comes first
  Allowance(Budget budget, long own, long step, BooleanSupplier first) {
    this.budget = budget;
    this.first = first;
    this.refusedBy = budget.limit();
    this.own = own;
    this.step = step;
  }

  /// Whether `amount` more could be used.
  public boolean hasRoom(long amount) {
    boolean has = tryTake(amount);
    if (has) {
      give(amount);
    }
    return has;
  }

  /// Uses `amount` more, unless neither the own share nor the budget has it.
  public boolean tryTake(long amount) {
    long missing = used + amount - own - taken;
    if (missing > 0 && !closed) {
      long wanted = stepsOf(missing);
      SharedLimit limit = budget.take(wanted, first.getAsBoolean());
      if (limit != null) {
        refusedBy = limit;
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
      budget.use(wanted);
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
    return used >= own && budget.exhausted(first.getAsBoolean()) != null;
  }

  /// As [#isExhausted], where somebody is refused for it.
  public boolean refuses() {
    SharedLimit limit = used >= own ? budget.exhausted(first.getAsBoolean()) : null;
    if (limit == null) {
      return false;
    }
    refusedBy = limit;
    budget.refused(limit);
    return true;
  }

  /// The limit that stood against the newest refusal.
  public SharedLimit refusedBy() {
    return refusedBy;
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
