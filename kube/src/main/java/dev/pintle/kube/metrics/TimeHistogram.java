package dev.pintle.kube.metrics;

import dev.pintle.kube.metrics.MetricsText.Label;
import java.util.ArrayList;
import java.util.List;

/// A histogram of a value over time, as if it were looked at in every nanosecond. Its owner sees to it that one thread at a time uses it.
public final class TimeHistogram {
  private final double[] limits;
  private final long[] nanos;
  private double total;
  private double value;
  private int bucket;
  private long sinceNanos;

  /// @param limits upper ends of the buckets, rising; what is above them all has a bucket of its own
  public TimeHistogram(long nowNanos, double... limits) {
    this.limits = limits.clone();
    this.nanos = new long[limits.length + 1];
    this.sinceNanos = nowNanos;
  }

  /// @param now the value from now on
  public void set(double now, long nowNanos) {
    long passed = nowNanos - sinceNanos;
    nanos[bucket] += passed;
    total += value * passed;
    sinceNanos = nowNanos;
    if (now != value) {
      value = now;
      bucket = 0;
      while (bucket < limits.length && now > limits[bucket]) {
        bucket++;
      }
    }
  }

  public void write(MetricsText text, String name, List<Label> labels, long nowNanos) {
    set(value, nowNanos);
    long count = 0;
    for (int i = 0; i < nanos.length; i++) {
      count += nanos[i];
      List<Label> limited = new ArrayList<>(labels);
      limited.add(new Label("le", i < limits.length ? ValueHistogram.shown(limits[i]) : "+Inf"));
      text.sample(name + "_bucket", limited, count);
    }
    text.sample(name + "_sum", labels, ValueHistogram.shown(total));
    text.sample(name + "_count", labels, count);
  }
}
