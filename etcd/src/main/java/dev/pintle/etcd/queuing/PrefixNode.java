package dev.pintle.etcd.queuing;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.keyspace.KeyRange;
import org.jspecify.annotations.Nullable;

/// A prefix that rules name, below the longest other one that it begins with; and how large answers about its keys are.
final class PrefixNode {
  private static final double BYTES_USUAL = 1_000;
  private static final double BYTES_MIN = 32;
  private static final double BYTES_MAX = 1_500_000;

  /// The part that one answer has in the average.
  private static final double WEIGHT = 0.125;

  final Bytes prefix;
  final @Nullable PrefixNode above;

  /// A bit for each rule that names this prefix.
  final long[] own;

  /// A bit for each rule that matches requests whose keys all lie here.
  final long[] rules;

  private final @Nullable Bytes end;
  private volatile double averageBytes = BYTES_USUAL;

  PrefixNode(Bytes prefix, @Nullable PrefixNode above, long[] own) {
    this.prefix = prefix;
    this.above = above;
    this.own = own;
    this.rules = own.clone();
    this.end = KeyRange.prefix(prefix).to();
    for (int i = 0; above != null && i < rules.length; i++) {
      rules[i] |= above.rules[i];
    }
  }

  boolean contains(KeyRange range) {
    Bytes to = range.to();
    return range.from().startsWith(prefix)
        && (end == null || (to != null && to.compareTo(end) <= 0));
  }

  /// What a key-value takes in an answer, as far as was seen.
  double averageBytes() {
    return averageBytes;
  }

  /// Notes what an answer took for each of its key-values. A note that another thread overtakes is lost; there will be others.
  void observe(double bytes) {
    double seen = Math.clamp(bytes, BYTES_MIN, BYTES_MAX);
    double before = averageBytes;
    averageBytes = before + (seen - before) * WEIGHT;
  }
}
