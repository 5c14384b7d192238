package dev.pintle.kube.metrics;

import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/// The counts of one [Series].
final class SeriesCounts {
  private final Map<Integer, LongAdder> byCode = new ConcurrentSkipListMap<>();
  private final DurationHistogram durations = new DurationHistogram();
  private final LongAdder streaming = new LongAdder();
  private final RequestMetrics.Running watching = new RequestMetrics.Running(this, streaming);
  private final RequestMetrics.Running reading;
  private final RequestMetrics.Running changing;

  /// @param readingNow requests of all series that change nothing, watches excepted
  /// @param changingNow requests of all series that may change something
  SeriesCounts(LongAdder readingNow, LongAdder changingNow) {
    this.reading = new RequestMetrics.Running(this, readingNow);
    this.changing = new RequestMetrics.Running(this, changingNow);
  }

  RequestMetrics.Running watching() {
    return watching;
  }

  RequestMetrics.Running reading() {
    return reading;
  }

  RequestMetrics.Running changing() {
    return changing;
  }

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
