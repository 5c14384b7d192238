package dev.pintle.kernel.flow;

import org.jspecify.annotations.Nullable;

/// A request at a [QueueSet], and where it stands there. Whoever needs to know more of a request makes a type of their own.
public class FlowRequest {
  /// Not among those that are due.
  static final int NOWHERE = -1;

  final long hash;
  final long arrivedNanos;
  final long waitNanosMax;
  WorkEstimate estimate;

  Phase phase = Phase.NEW;

  /// While whoever offers it has not been answered yet: they see from the phase what became of it.
  boolean offering;

  @Nullable FairQueue queue;
  @Nullable FlowRequest ahead;
  @Nullable FlowRequest behind;
  long arrivedAt;
  long totalWork;
  long startedNanos;
  long serviceNanos = QueueSet.SERVICE_NANOS;
  long dueNanos;
  long dueOrder;
  int duePlace = NOWHERE;

  /// The phases of a request, in their order. One that is turned away or hangs up is over at once.
  public enum Phase {
    NEW,
    WAITING,
    EXECUTING,
    /// Answered, but it still holds its seats.
    LINGERING,
    OVER
  }

  /// @param hash of its flow; all 64 bits count
  /// @param waitNanosMax how long it may wait before it is turned away
  public FlowRequest(long hash, WorkEstimate estimate, long arrivedNanos, long waitNanosMax) {
    this.hash = hash;
    this.estimate = estimate;
    this.arrivedNanos = arrivedNanos;
    this.waitNanosMax = waitNanosMax;
  }

  public Phase phase() {
    return phase;
  }

  /// What it is taken to cost; a level with fewer seats than that makes it narrower and longer.
  public WorkEstimate estimate() {
    return estimate;
  }

  public long arrivedNanos() {
    return arrivedNanos;
  }

  /// Says how long it is taken to be executed, before it is offered; else that is [QueueSet#SERVICE_NANOS].
  public void expectService(long nanos) {
    serviceNanos = nanos;
  }

  /// How long it may wait before it is turned away.
  public long waitNanosMax() {
    return waitNanosMax;
  }

  /// When it began to be executed, if it has.
  public long startedNanos() {
    return startedNanos;
  }

  /// The number of its queue, or -1 when it came through none.
  public int queueIndex() {
    return queue == null ? NOWHERE : queue.index;
  }
}
