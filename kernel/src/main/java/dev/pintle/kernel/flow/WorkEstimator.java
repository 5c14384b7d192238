package dev.pintle.kernel.flow;

/// The estimator of what requests cost, from what is known before they are executed.
public final class WorkEstimator {
  private static final double BYTES_PER_SEAT = 100_000;

  /// What a list from memory holds at once, as it is streamed.
  private static final long STREAMED_BYTES_MAX = 1_000_000;

  private static final int LIST_SEATS_MAX = 100;
  private static final int WRITE_SEATS_MAX = 10;
  private static final int WATCHERS_PER_SEAT = 10;

  /// How long a seat is busy with an event for its watchers.
  private static final long EVENT_NANOS = 5_000_000;

  private WorkEstimator() {}

  /// A list that is asked for.
  ///
  /// @param objects of the resource
  /// @param averageBytes of one of them; 0 when that is not known
  /// @param limit of the answer, 0 for none
  /// @param single whether one object is asked for by its name
  /// @param fromMemory whether it is streamed from memory
  /// @param selected whether labels or fields choose
  public record ListWanted(
      long objects,
      long averageBytes,
      long limit,
      boolean single,
      boolean fromMemory,
      boolean selected) {
    /// Bytes of an object that nobody knows the size of: the most that one has.
    private static final long UNKNOWN_BYTES = 1_500_000;

    private long bytesAtOnce() {
      long limited = limit > 0 ? Math.min(limit, objects) : objects;
      long read = limited;
      if (single) {
        read = 1;
      } else if (selected && !fromMemory) {
        read = Math.max(limited, objects / 2);
      }
      long size = averageBytes <= 0 && objects != 0 ? UNKNOWN_BYTES : averageBytes;
      long bytes = read * size;
      return fromMemory ? Math.min(bytes, STREAMED_BYTES_MAX) : bytes;
    }
  }

  /// @param seatsMax of one request of the level, 0 for no limit of its own
  public static WorkEstimate list(ListWanted wanted, int seatsMax) {
    double seats = Math.ceil(wanted.bytesAtOnce() / BYTES_PER_SEAT);
    return WorkEstimate.of((int) Math.min(Math.max(seats, 1), atMost(seatsMax, LIST_SEATS_MAX)));
  }

  /// The cost of a request that changes an object.
  ///
  /// @param watchers that may be interested in what it changes
  /// @param seatsMax of one request of the level, 0 for no limit of its own
  public static WorkEstimate write(int watchers, int seatsMax) {
    if (watchers < WATCHERS_PER_SEAT) {
      return WorkEstimate.ONE_SEAT;
    }
    int wanted = (int) Math.ceil(watchers / (double) WATCHERS_PER_SEAT);
    int seats = Math.min(wanted, atMost(seatsMax, WRITE_SEATS_MAX));
    long nanos = SeatSeconds.nanosPerSeat(SeatSeconds.of(wanted, EVENT_NANOS), seats);
    return new WorkEstimate(1, seats, nanos);
  }

  private static int atMost(int seatsMax, int limit) {
    return seatsMax == 0 ? limit : Math.min(seatsMax, limit);
  }
}
