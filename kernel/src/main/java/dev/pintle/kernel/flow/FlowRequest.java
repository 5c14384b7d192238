package dev.pintle.kernel.flow;

import org.jspecify.annotations.Nullable;

/// A request at a [QueueSet], and where it stands there. Whoever needs to know more of a request makes a type of their own.
///
/// Very many may wait at once, so what one of them holds is kept small: a field means one thing while the request waits, and another later.
public abstract class FlowRequest {
  /// Not among those that are due.
  static final int NOWHERE = -1;

  final long arrivedNanos;
  WorkEstimate estimate;

  Phase phase = Phase.NEW;

  @Nullable FairQueue queue;
  @Nullable FlowRequest ahead;
  @Nullable FlowRequest behind;

  /// While it waits, where the progress meter stood when it came; after that, when it began to be executed.
  long since;

  /// When it is turned away; once it is executed, when its seats are given back.
  long dueNanos;

  int dueOrder;
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

  /// @param waitNanosMax how long it may wait before it is turned away
  protected FlowRequest(WorkEstimate estimate, long arrivedNanos, long waitNanosMax) {
    this.estimate = estimate;
    this.arrivedNanos = arrivedNanos;
    this.dueNanos = arrivedNanos + waitNanosMax;
  }

  /// The hash of its flow, always the same; all 64 bits count.
  protected abstract long flowHash();

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

  /// How long it is taken to be executed; the same from when it is offered on.
  protected long expectedNanos() {
    return QueueSet.SERVICE_NANOS;
  }

  /// All that it is taken to cost, in [SeatSeconds].
  long work() {
    return estimate.work(expectedNanos());
  }

  /// When it is turned away, if it still waits then.
  public long patienceEndNanos() {
    return dueNanos;
  }

  /// When it began to be executed; only of one that has.
  public long startedNanos() {
    return since;
  }

  /// The number of its queue, or -1 when it came through none.
  public int queueIndex() {
    return queue == null ? NOWHERE : queue.index;
  }
}
