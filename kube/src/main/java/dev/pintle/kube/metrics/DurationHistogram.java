package dev.pintle.kube.metrics;

import dev.pintle.kube.metrics.MetricsText.Label;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/// The times that requests took: a histogram with upstream's limits.
final class DurationHistogram {
  private static final List<String> LIMITS_SECONDS =
      List.of(
          "0.005", "0.025", "0.05", "0.1", "0.2", "0.4", "0.6", "0.8", "1", "1.25", "1.5", "2", "3",
          "4", "5", "6", "8", "10", "15", "20", "30", "45", "60", "+Inf");
  private static final long[] LIMITS_NANOS =
      LIMITS_SECONDS.stream().mapToLong(DurationHistogram::nanos).toArray();

  private final LongAdder[] buckets = new LongAdder[LIMITS_NANOS.length];
  private final LongAdder totalNanos = new LongAdder();

  DurationHistogram() {
    for (int i = 0; i < buckets.length; i++) {
      buckets[i] = new LongAdder();
    }
  }

  void add(long nanos) {
    int bucket = 0;
    while (nanos > LIMITS_NANOS[bucket]) {
      bucket++;
    }
    buckets[bucket].increment();
    totalNanos.add(nanos);
  }

  void write(MetricsText text, String name, List<Label> labels) {
    long count = 0;
    for (int i = 0; i < buckets.length; i++) {
      count += buckets[i].sum();
      List<Label> limited = new ArrayList<>(labels);
      limited.add(new Label("le", LIMITS_SECONDS.get(i)));
      text.sample(name + "_bucket", limited, count);
    }
    double seconds = (double) totalNanos.sum() / TimeUnit.SECONDS.toNanos(1);
    text.sample(name + "_sum", labels, Double.toString(seconds));
    text.sample(name + "_count", labels, count);
  }

  private static long nanos(String seconds) {
    return seconds.equals("+Inf")
        ? Long.MAX_VALUE
        : Math.round(Double.parseDouble(seconds) * TimeUnit.SECONDS.toNanos(1));
  }
}
