package dev.pintle.kernel.flow;

/// The places on the progress meter that mattered when a request left its queue to be executed last, in [SeatSeconds]. While many queues are
/// busy their extremes are looked for only every millisecond: those are then of a dispatch that little before the last one.
public final class DispatchMarks {
  /// Busy queues that cost next to nothing to look at.
  private static final int QUEUES_AT_ONCE_MAX = 16;

  private static final long OLD_NANOS = 1_000_000;

  private boolean noted;
  private long lookedNanos;
  private long meter;
  private long start;
  private long least;
  private long most;
  private long leastLeft;
  private long mostLeft;

  /// @param chosen the queue whose first request is to be dispatched; among the ready ones still
  void note(long now, long meterNow, FairQueue chosen, DispatchOrder ready) {
    meter = meterNow;
    start = chosen.nextDispatchAt;
    if (!noted || ready.size() <= QUEUES_AT_ONCE_MAX || now - lookedNanos >= OLD_NANOS) {
      noted = true;
      lookedNanos = now;
      look(ready);
    }
  }

  private void look(DispatchOrder ready) {
    least = Long.MAX_VALUE;
    most = Long.MIN_VALUE;
    leastLeft = Long.MAX_VALUE;
    mostLeft = Long.MIN_VALUE;
    ready.forEach(queue -> {
      long next = queue.nextDispatchAt;
      long left = next - SeatSeconds.of(queue.seatsInUse, QueueSet.SERVICE_NANOS);
      least = Math.min(least, next);
      most = Math.max(most, next);
      leastLeft = Math.min(leastLeft, left);
      mostLeft = Math.max(mostLeft, left);
    });
  }

  /// Whether a request ever left a queue; all else says something only then.
  public boolean isNoted() {
    return noted;
  }

  /// Where the meter stood.
  public long meter() {
    return meter;
  }

  /// Where it stands when that request is dispatched in the virtual world.
  public long start() {
    return start;
  }

  /// The least of what [#start] is of the first requests of all queues.
  public long least() {
    return least;
  }

  /// The most of that.
  public long most() {
    return most;
  }

  /// The least of that, each less what the requests of its queue that are executed are taken to cost.
  public long leastLeft() {
    return leastLeft;
  }

  /// The most of that.
  public long mostLeft() {
    return mostLeft;
  }
}
