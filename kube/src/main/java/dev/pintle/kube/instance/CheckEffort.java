package dev.pintle.kube.instance;

/// The room for checking one value. A schema and a value are both a client's: their parts multiply where a schema looks
/// at a value many times, and a pattern's parts with the characters of a text.
final class CheckEffort {
  /// A fifth of a second where all of it is spent on patterns, about.
  static final long STEPS_MAX = 1L << 27;

  private static final int STEPS_OF_VISIT = 16;

  private long left = STEPS_MAX;

  /// Counts a look at a value; answers whether there was enough left.
  boolean visit() {
    return spend(STEPS_OF_VISIT);
  }

  boolean spend(long steps) {
    left = Math.max(left - steps, -1);
    return left >= 0;
  }

  boolean isSpent() {
    return left < 0;
  }
}
