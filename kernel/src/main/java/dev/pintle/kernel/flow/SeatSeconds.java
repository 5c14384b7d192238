package dev.pintle.kernel.flow;

/// Amounts of work, in seat-seconds, as numbers of a fixed point: one is the hundred millionth part of a seat-second.
public final class SeatSeconds {
  private static final long SCALE = 100_000_000;
  private static final double NANOS_PER_UNIT = 10;
  private static final double NANOS_PER_SECOND = 1e9;

  private SeatSeconds() {}

  /// The work of so many seats for so long, rounded to the nearest, halves away from zero; negative for a negative time.
  public static long of(double seats, long nanos) {
    double exact = seats * nanos / NANOS_PER_UNIT;
    return exact < 0 ? -Math.round(-exact) : Math.round(exact);
  }

  /// How long so many seats have to do with `work`, in nanoseconds.
  public static long nanosPerSeat(long work, int seats) {
    return (long) (work / (double) seats * (NANOS_PER_SECOND / SCALE));
  }

  public static double inSeconds(long work) {
    return work / (double) SCALE;
  }

  /// As people read it: `12.00300000ss`.
  public static String text(long work) {
    String sign = work < 0 ? "-" : "";
    return "%s%d.%08dss".formatted(sign, Math.abs(work / SCALE), Math.abs(work % SCALE));
  }
}
