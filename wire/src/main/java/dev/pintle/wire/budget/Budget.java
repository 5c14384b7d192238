package dev.pintle.wire.budget;

import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// A bound of how much of something may be in use at once; a part of a whole that is bounded too. For any thread.
final class Budget {
  private final long max;
  private final @Nullable Budget whole;
  private final AtomicLong used = new AtomicLong();

  Budget(long max) {
    this(max, null);
  }

  private Budget(long max, @Nullable Budget whole) {
    this.max = max;
    this.whole = whole;
  }

  /// A budget of at most `partMax`, whose use counts here as well.
  Budget part(long partMax) {
    return new Budget(partMax, this);
  }

  /// Takes `amount`, unless it is not there.
  boolean tryTake(long amount) {
    if (whole != null && !whole.tryTake(amount)) {
      return false;
    }
    if (used.addAndGet(amount) > max) {
      used.addAndGet(-amount);
      if (whole != null) {
        whole.give(amount);
      }
      return false;
    }
    return true;
  }

  /// Takes `amount`, there or not: for what is in use already.
  void take(long amount) {
    used.addAndGet(amount);
    if (whole != null) {
      whole.take(amount);
    }
  }

  void give(long amount) {
    used.addAndGet(-amount);
    if (whole != null) {
      whole.give(amount);
    }
  }

  /// Whether nothing is left, here or in the whole.
  boolean isExhausted() {
    return used.get() >= max || (whole != null && whole.isExhausted());
  }

  long used() {
    return used.get();
  }

  long max() {
    return max;
  }
}
