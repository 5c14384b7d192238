package dev.pintle.kernel.flow;

/// The state of one queue of a [QueueSet] at a moment; work and places on the progress meter are [SeatSeconds].
///
/// @param waiting requests that wait
/// @param executing requests of it that are executed
/// @param seatsInUse that they hold, and those that were answered but keep theirs for a while
/// @param nextDispatchAt where the progress meter stands when the next request is dispatched in the virtual world
/// @param initialSeatsWaiting seats that those which wait will take while they are executed
/// @param maxSeatsWaiting seats that they will hold from the first moment to the last
/// @param workWaiting what they are taken to cost
public record QueueState(
    int waiting,
    int executing,
    int seatsInUse,
    long nextDispatchAt,
    int initialSeatsWaiting,
    int maxSeatsWaiting,
    long workWaiting) {
  static final QueueState UNUSED = new QueueState(0, 0, 0, 0, 0, 0, 0);

  static QueueState of(FairQueue queue) {
    return new QueueState(
        queue.requests.size(),
        queue.executing,
        queue.seatsInUse,
        queue.nextDispatchAt,
        queue.initialSeatsWaiting,
        queue.maxSeatsWaiting,
        queue.workWaiting);
  }
}
