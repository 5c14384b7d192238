package dev.pintle.kernel.flow;

/// An estimate of what a request costs, beside the time that it is executed.
///
/// @param initialSeats seats while it is executed, at least 1
/// @param finalSeats seats after that, for `additionalNanos`
/// @param additionalNanos how long the request keeps its seats after it was answered: what it caused, such as events to watchers,
///     is still being worked on
public record WorkEstimate(int initialSeats, int finalSeats, long additionalNanos) {
  public static final WorkEstimate ONE_SEAT = new WorkEstimate(1, 0, 0);

  /// So many seats while it is executed, and none after that.
  public static WorkEstimate of(int seats) {
    return seats == 1 ? ONE_SEAT : new WorkEstimate(seats, 0, 0);
  }

  /// Seats that it holds from the first moment to the last.
  public int maxSeats() {
    return Math.max(initialSeats, finalSeats);
  }

  /// All that it costs.
  ///
  /// @param serviceNanos how long it is executed
  /// @return in [SeatSeconds]
  long work(long serviceNanos) {
    return SeatSeconds.of(initialSeats, serviceNanos) + SeatSeconds.of(finalSeats, additionalNanos);
  }

  /// The same work with no more seats at its end than there are, for longer instead.
  WorkEstimate narrowedTo(int seatsMax) {
    if (finalSeats <= seatsMax) {
      return this;
    }
    long work = SeatSeconds.of(finalSeats, additionalNanos);
    return new WorkEstimate(initialSeats, seatsMax, SeatSeconds.nanosPerSeat(work, seatsMax));
  }
}
