package dev.pintle.kube.metrics;

import dev.pintle.kube.metrics.MetricsText.Label;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;

/// A histogram of values, with limits of its own.
public final class ValueHistogram {
  private final double[] limits;
  private final LongAdder[] buckets;
  private final DoubleAdder total = new DoubleAdder();

  /// @param limits upper ends of the buckets, rising; what is above them all has a bucket of its own
  public ValueHistogram(double... limits) {
    this.limits = limits.clone();
    this.buckets = new LongAdder[limits.length + 1];
    Arrays.setAll(buckets, _ -> new LongAdder());
  }

  public void add(double value) {
    int bucket = 0;
    while (bucket < limits.length && value > limits[bucket]) {
      bucket++;
    }
    buckets[bucket].increment();
    if (value != 0) {
      total.add(value);
    }
  }

  public boolean isEmpty() {
    return Arrays.stream(buckets).allMatch(bucket -> bucket.sum() == 0);
  }

  /// How many values were added.
  public long count() {
    return Arrays.stream(buckets).mapToLong(LongAdder::sum).sum();
  }

  public void write(MetricsText text, String name, List<Label> labels) {
    long count = 0;
    for (int i = 0; i < buckets.length; i++) {
      count += buckets[i].sum();
      List<Label> limited = new ArrayList<>(labels);
      limited.add(new Label("le", i < limits.length ? shown(limits[i]) : "+Inf"));
      text.sample(name + "_bucket", limited, count);
    }
    text.sample(name + "_sum", labels, shown(total.sum()));
    text.sample(name + "_count", labels, count);
  }

  /// A number as Prometheus writes it: whole ones without a fraction.
  public static String shown(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }
}
