package dev.pintle.kube.cel;

/// How large a value, or a cost, is at least and at most. Both ends are unsigned and stop at [#MOST] instead of starting over.
record Extent(long least, long most) {
  static final long MOST = -1;
  static final Extent NONE = new Extent(0, 0);
  static final Extent ONE = new Extent(1, 1);
  static final Extent UNKNOWN = new Extent(0, MOST);

  private static final double TWO_TO_63 = 0x1p63;
  private static final double TWO_TO_64 = 0x1p64;

  static Extent of(long size) {
    return new Extent(size, size);
  }

  Extent plus(Extent other) {
    return new Extent(sum(least, other.least), sum(most, other.most));
  }

  Extent times(Extent other) {
    return new Extent(product(least, other.least), product(most, other.most));
  }

  Extent times(double factor) {
    return new Extent(product(least, factor), product(most, factor));
  }

  /// What covers both.
  Extent or(Extent other) {
    return new Extent(lesser(least, other.least), greater(most, other.most));
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
