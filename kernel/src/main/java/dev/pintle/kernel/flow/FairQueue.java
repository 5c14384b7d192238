package dev.pintle.kernel.flow;

/// A queue of requests of a few flows, and how far it has been served in the virtual world.
final class FairQueue implements Comparable<FairQueue> {
  int index;
  final RequestList requests = new RequestList();

  /// Where the progress meter stands when the next request is dispatched in the virtual world.
  long nextDispatchAt;

  /// Where it stands when the first request is finished there; the queue's place among those to be dispatched. Set only while the
  /// queue is none of them.
  long finishAt;

  int executing;
  int seatsInUse;
  int initialSeatsWaiting;
  int maxSeatsWaiting;
  long workWaiting;

  FairQueue(int index) {
    this.index = index;
  }

  boolean isActive() {
    return requests.size() > 0 || executing > 0;
  }

  /// Whether nothing of any request is left, not even a seat that one holds after its answer.
  boolean isUnused() {
    return !isActive() && seatsInUse == 0;
  }

  void add(FlowRequest request) {
    request.queue = this;
    requests.add(request);
    initialSeatsWaiting += request.estimate.initialSeats();
    maxSeatsWaiting += request.estimate.maxSeats();
    workWaiting += request.work();
  }

  void remove(FlowRequest request) {
    requests.remove(request);
    initialSeatsWaiting -= request.estimate.initialSeats();
    maxSeatsWaiting -= request.estimate.maxSeats();
    workWaiting -= request.work();
  }

  /// By the finish of the first request, then by number.
  @Override
  public int compareTo(FairQueue other) {
    int order = Long.compare(finishAt, other.finishAt);
    return order != 0 ? order : Integer.compare(index, other.index);
  }
}
