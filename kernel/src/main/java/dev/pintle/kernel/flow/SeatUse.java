package dev.pintle.kernel.flow;

/// The requests and seats of a [QueueSet], counted as they come and go.
final class SeatUse {
  int waiting;
  int seatsWaiting;
  int seatsInUse;
  long dispatched;
  long rejected;
  long timedOut;
  long cancelled;
  long heldUp;
  long epochs;

  QueueSetCounts counts(int executing) {
    return new QueueSetCounts(
        waiting,
        seatsWaiting,
        executing,
        seatsInUse,
        dispatched,
        rejected,
        timedOut,
        cancelled,
        heldUp,
        epochs);
  }
}
