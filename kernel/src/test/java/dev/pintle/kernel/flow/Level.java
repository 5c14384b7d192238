package dev.pintle.kernel.flow;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A queue set at a time of its own, in milliseconds, and what it has decided about requests that waited.
final class Level implements QueueSet.Decisions {
  static final long MILLIS = 1_000_000;
  static final long PATIENCE = 1_000 * MILLIS;

  final List<FlowRequest> dispatched = new ArrayList<>();
  final List<FlowRequest> timedOut = new ArrayList<>();
  final QueueSet queues;
  private long now;
  private int offered;

  Level(Queuing queuing, int seats) {
    this(queuing, seats, 0);
  }

  Level(Queuing queuing, int seats, long meter) {
    queues = new QueueSet(queuing, seats, this, 0, meter);
  }

  Level after(long millis) {
    now += millis * MILLIS;
    queues.advance(now);
    return this;
  }

  NumberedRequest request(long hash, WorkEstimate estimate, long waitNanosMax) {
    return new NumberedRequest(offered++, hash, estimate, now, waitNanosMax);
  }

  FlowRequest offer(long hash) {
    return offer(hash, 1);
  }

  FlowRequest offer(long hash, int seats) {
    return offer(hash, new WorkEstimate(seats, 0, 0));
  }

  FlowRequest offer(long hash, WorkEstimate estimate) {
    NumberedRequest request = request(hash, estimate, PATIENCE);
    queues.offer(request, now);
    return request;
  }

  List<FlowRequest> offerAll(long... hashes) {
    return Arrays.stream(hashes).mapToObj(this::offer).toList();
  }

  Rejection rejection(long hash) {
    return rejection(hash, 1);
  }

  Rejection rejection(long hash, int seats) {
    Rejection why = queues.offer(request(hash, new WorkEstimate(seats, 0, 0), PATIENCE), now);
    if (why == null) {
      throw new AssertionError("the request was taken");
    }
    return why;
  }

  void finish(FlowRequest request) {
    queues.finish(request, now);
  }

  void cancel(FlowRequest request) {
    queues.cancel(request, now);
  }

  void configure(Queuing queuing, int seats) {
    queues.configure(queuing, seats, now);
  }

  @Override
  public void dispatched(FlowRequest request) {
    dispatched.add(request);
  }

  @Override
  public void timedOut(FlowRequest request) {
    timedOut.add(request);
  }
}
