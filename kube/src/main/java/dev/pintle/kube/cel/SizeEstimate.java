package dev.pintle.kube.cel;

/// The bounds of how large a value, or a cost, is. Both ends are unsigned and stop at [#MOST] instead of starting over.
record SizeEstimate(long least, long most) {
  static final long MOST = -1;
  static final SizeEstimate NONE = new SizeEstimate(0, 0);
  static final SizeEstimate ONE = new SizeEstimate(1, 1);
  static final SizeEstimate UNKNOWN = new SizeEstimate(0, MOST);

  private static final double TWO_TO_63 = 0x1p63;
  private static final double TWO_TO_64 = 0x1p64;

  static SizeEstimate of(long size) {
    return new SizeEstimate(size, size);
  }

  SizeEstimate plus(SizeEstimate other) {
    return new SizeEstimate(sum(least, other.least), sum(most, other.most));
  }

  SizeEstimate times(SizeEstimate other) {
    return new SizeEstimate(product(least, other.least), product(most, other.most));
  }

  SizeEstimate times(double factor) {
    return new SizeEstimate(product(least, factor), product(most, factor));
  }

  /// What covers both.
  SizeEstimate or(SizeEstimate other) {
    return new SizeEstimate(lesser(least, other.least), greater(most, other.most));
  }

  static long lesser(long one, long other) {
    return Long.compareUnsigned(one, other) <= 0 ? one : other;
  }

  static long greater(long one, long other) {
    return Long.compareUnsigned(one, other) >= 0 ? one : other;
  }

  static long sum(long one, long other) {
    long sum = one + other;
    return Long.compareUnsigned(sum, one) < 0 ? MOST : sum;
  }

  static long product(long one, long other) {
    return Math.unsignedMultiplyHigh(one, other) == 0 ? one * other : MOST;
  }

  /// Rounded up.
  static long product(long one, double factor) {
    double real = toDouble(one);
    if (real > 0 && factor > 0 && real > TWO_TO_64 / factor) {
      return MOST;
    }
    double product = Math.ceil(real * factor);
    return product >= TWO_TO_64 ? MOST : toUnsigned(product);
  }

  static double toDouble(long unsigned) {
    double half = (double) ((unsigned >>> 1) | (unsigned & 1));
    return unsigned >= 0 ? (double) unsigned : half * 2;
  }

  private static long toUnsigned(double number) {
    return number < TWO_TO_63 ? (long) number : (long) (number - TWO_TO_63) + Long.MIN_VALUE;
  }
}
