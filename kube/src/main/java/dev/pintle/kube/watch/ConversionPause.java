package dev.pintle.kube.watch;

/// The pause of a watch before it tries again to have an object converted; it grows with each failure.
final class ConversionPause {
  private static final long MILLIS_MIN = 100;
  private static final long MILLIS_MAX = 5_000;

  private long millis = MILLIS_MIN;

  /// The pause after one more failure.
  long next() {
    long now = millis;
    millis = Math.min(2 * millis, MILLIS_MAX);
    return now;
  }

  void reset() {
    millis = MILLIS_MIN;
  }
}
