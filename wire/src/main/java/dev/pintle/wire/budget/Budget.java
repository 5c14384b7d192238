package dev.pintle.wire.budget;

import dev.pintle.wire.SharedLimit;
import dev.pintle.wire.ShedCounts;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// A bound of how much of something may be in use at once; a part of a whole that is bounded too. The last of it is kept for
/// those who come first. For any thread.
final class Budget {
  /// The part that only those have who come first.
  private static final int RESERVE_SHARE = 8;

  private final SharedLimit limit;
  private final long max;
  private final @Nullable Budget whole;
  private final ShedCounts shed;
  private final AtomicLong used = new AtomicLong();

  Budget(SharedLimit limit, long max, ShedCounts shed) {
    this(limit, max, shed, null);
  }

  private Budget(SharedLimit limit, long max, ShedCounts shed, @Nullable Budget whole) {
    this.limit = limit;
    this.max = max;
    this.shed = shed;
    this.whole = whole;
  }

  /// A budget of at most `partMax`, whose use counts here as well.
  Budget part(SharedLimit partLimit, long partMax) {
    return new Budget(partLimit, partMax, shed, this);
  }

  /// Takes `amount`; where it is not there, nothing is taken, and the answer is the limit that stands against it.
  ///
  /// @param first whether the one who takes comes first
  @Nullable SharedLimit take(long amount, boolean first) {
    SharedLimit refusedBy = reserve(amount, first);
    if (refusedBy != null) {
      shed.count(refusedBy);
    }
    return refusedBy;
  }

  private @Nullable SharedLimit reserve(long amount, boolean first) {
    SharedLimit refusedBy = whole == null ? null : whole.reserve(amount, first);
    if (refusedBy != null) {
      return refusedBy;
    }
    if (used.addAndGet(amount) <= bound(first)) {
      return null;
    }
    used.addAndGet(-amount);
    if (whole != null) {
      whole.give(amount);
    }
    return limit;
  }

  private long bound(boolean first) {
    return first ? max : max - max / RESERVE_SHARE;
  }

  /// Takes `amount`, there or not: for what is in use already.
  void use(long amount) {
    used.addAndGet(amount);
    if (whole != null) {
      whole.use(amount);
    }
  }

  void give(long amount) {
    used.addAndGet(-amount);
    if (whole != null) {
      whole.give(amount);
    }
  }

  /// The limit at which nothing is left, here or in the whole; null when something is.
  @Nullable SharedLimit exhausted(boolean first) {
    if (used.get() >= bound(first)) {
      return limit;
    }
    return whole == null ? null : whole.exhausted(first);
  }

  /// Counts a refusal for want of what is exhausted.
  void refused(SharedLimit exhausted) {
    shed.count(exhausted);
  }

  SharedLimit limit() {
    return limit;
  }

  long used() {
    return used.get();
  }

  long max() {
    return max;
  }
}
