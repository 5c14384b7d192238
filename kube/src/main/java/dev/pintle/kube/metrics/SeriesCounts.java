package dev.pintle.kube.metrics;

import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/// The counts of one [Series].
final class SeriesCounts {
  private final Map<Integer, LongAdder> byCode = new ConcurrentSkipListMap<>();
  private final DurationHistogram durations = new DurationHistogram();
  private final LongAdder streaming = new LongAdder();

  void ended(int code, long nanos) {
    LongAdder count = byCode.get(code);
    if (count == null) {
      count = byCode.computeIfAbsent(code, _ -> new LongAdder());
    }
    count.increment();
    durations.add(nanos);
  }

  Map<Integer, LongAdder> byCode() {
    return byCode;
  }

  DurationHistogram durations() {
    return durations;
  }

  /// Answers on their way that have no end of their own.
  LongAdder streaming() {
    return streaming;
  }
}
