package dev.pintle.kube.flowcontrol;

import dev.pintle.kernel.flow.Rejection;
import dev.pintle.kube.metrics.ValueHistogram;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/// The counts of the requests of one schema at one level, since the start.
final class FlowCounts {
  private static final double NANOS_PER_SECOND = 1e9;

  final LongAdder dispatched = new LongAdder();
  final LongAdder executing = new LongAdder();
  final LongAdder executingSeats = new LongAdder();
  final LongAdder queued = new LongAdder();
  final LongAdder queuedSeats = new LongAdder();
  final LongAdder heldUp = new LongAdder();
  final Map<Rejection, LongAdder> rejected = new EnumMap<>(Rejection.class);

  /// Of those that were executed or waited, be it in vain.
  final ValueHistogram waited = seconds();

  /// Of those that were turned away at once, so of nothing.
  final ValueHistogram notTaken = seconds();

  final ValueHistogram executionSeconds = seconds();
  final ValueHistogram watchSeconds = seconds();
  final ValueHistogram queueLength = new ValueHistogram(0, 10, 25, 50, 100, 250, 500, 1000);
  final ValueHistogram estimatedSeats = new ValueHistogram(1, 2, 4, 8, 16, 32, 64, 100);
  final ValueHistogram watchers = new ValueHistogram(0, 1, 10, 100, 1000, 10_000);

  FlowCounts() {
    for (Rejection reason : Rejection.values()) {
      rejected.put(reason, new LongAdder());
    }
  }

  private static ValueHistogram seconds() {
    return new ValueHistogram(0, 0.005, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30);
  }

  static double inSeconds(long nanos) {
    return nanos / NANOS_PER_SECOND;
  }

  /// Whether a request was ever executed.
  boolean hasDispatched() {
    return dispatched.sum() > 0;
  }

  /// Whether a request ever came through a queue, be it without waiting.
  boolean hasQueued() {
    return !queueLength.isEmpty();
  }

  boolean isIdle() {
    return executing.sum() == 0 && queued.sum() == 0;
  }

  void reject(Rejection reason) {
    LongAdder count = rejected.get(reason);
    if (count != null) {
      count.increment();
    }
  }
}
