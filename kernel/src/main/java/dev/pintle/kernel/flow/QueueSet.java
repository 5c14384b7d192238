package dev.pintle.kernel.flow;

import dev.pintle.kernel.Invariant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/// The queues and seats of one priority level.
///
/// Its progress meter measures the seat-seconds that every busy queue has had in a virtual world in which seats can be parted as one
/// likes. In the real world the next request is the one that would be finished first there; its queue is charged the work that the request
/// is taken to cost, and the difference to what it did cost once it is finished. A queue whose first request needs more seats than are free
/// holds up the others, or a wide request would never have its turn.
///
/// Belongs to one thread at a time. Times are nanoseconds of a clock that never goes back.
public final class QueueSet {
  /// How long a request is taken to be executed that does not say anything else, before it is known.
  public static final long SERVICE_NANOS = 3_000_000;

  /// What the meter, and all that was read from it, is set back by before it overflows.
  static final long EPOCH = Long.MAX_VALUE / 2;

  private static final long EPOCH_END = EPOCH + EPOCH / 2;

  private final Decisions decisions;
  private final SeatDemand demand;
  private final SeatUse use = new SeatUse();
  private final RequestList executing = new RequestList();
  private final DueRequests due = new DueRequests();
  private final DispatchMarks marks = new DispatchMarks();

  /// Those with requests that wait, in the order in which they are dispatched but for ties.
  private final DispatchOrder ready = new DispatchOrder();

  /// Those that are not unused; the others need no more than to be counted.
  private final Map<Integer, FairQueue> used = new HashMap<>();

  private Queuing queuing;
  private @Nullable Dealer dealer;
  private int[] hand = new int[0];
  private int queueLengthMax;
  private int seatsMax;

  /// More than are wanted as long as the ones that are too many are not empty.
  private int queueCount;

  private int activeQueues;
  private int queuedSeatsInUse;
  private long meter;
  private long nowNanos;
  private int enqueued;

  /// The one that is being offered: whoever offers it sees from its phase what became of it.
  private @Nullable FlowRequest offered;

  /// A taker of what is decided about requests that waited; told while the decision is made, so it may not ask the queue set for more.
  public interface Decisions {
    /// The request is to be executed now.
    void dispatched(FlowRequest request);

    /// The request has waited for as long as it may, and is over.
    void timedOut(FlowRequest request);

    /// It is the request's turn, but it needs more seats than are free.
    default void heldUp(FlowRequest request) {}
  }

  public QueueSet(Queuing queuing, int seatsMax, Decisions decisions, long nowNanos) {
    this(queuing, seatsMax, decisions, nowNanos, 0);
  }

  /// @param meter where the progress meter begins
  QueueSet(Queuing queuing, int seatsMax, Decisions decisions, long nowNanos, long meter) {
    this.decisions = decisions;
    this.nowNanos = nowNanos;
    this.demand = new SeatDemand(nowNanos);
    this.meter = meter;
    this.queuing = queuing;
    configure(queuing, seatsMax, nowNanos);
  }

  /// Changes the limits. Requests that wait stay where they are; queues that are too many go once they are empty.
  public void configure(Queuing wanted, int seats, long now) {
    advance(now);
    queuing = wanted;
    seatsMax = seats;
    switch (wanted) {
      case Queuing.Wait wait -> {
        dealer = wait.dealer();
        hand = new int[wait.handSize()];
        queueLengthMax = wait.queueLengthMax();
        queueCount = Math.max(queueCount, wait.queues());
      }
      case Queuing.Reject _, Queuing.Exempt _ -> dealer = null;
    }
    dispatchAll();
  }

  /// Takes a new request. If it may be executed at once its phase says so when this returns; [Decisions] are told of those only that
  /// this request was not about.
  ///
  /// @return why it is turned away, or null when it is executed or waits
  public @Nullable Rejection offer(FlowRequest request, long now) {
    advance(now);
    Dealer queues = dealer;
    if (queues == null) {
      return offerWithoutQueue(request);
    }
    FairQueue queue = shortestQueue(queues, request.flowHash());
    if (use.seatsInUse >= seatsMax && queue.requests.size() >= queueLengthMax) {
      release(queue);
      return reject(request, Rejection.QUEUE_FULL);
    }
    enqueue(queue, request);
    offered = request;
    dispatchAll();
    offered = null;
    return null;
  }

  /// Executes a new request at once, whatever is free.
  public void enter(FlowRequest request, long now) {
    advance(now);
    start(request, request.work());
  }

  private @Nullable Rejection offerWithoutQueue(FlowRequest request) {
    if (!fits(request)) {
      return reject(request, Rejection.CONCURRENCY_LIMIT);
    }
    start(request, request.work());
    return null;
  }

  private Rejection reject(FlowRequest request, Rejection why) {
    request.phase = FlowRequest.Phase.OVER;
    use.rejected++;
    return why;
  }

  private void enqueue(FairQueue queue, FlowRequest request) {
    if (!queue.isActive()) {
      queue.nextDispatchAt = meter;
      activeQueues++;
    }
    ready.remove(queue);
    request.since = meter;
    request.phase = FlowRequest.Phase.WAITING;
    queue.add(request);
    use.waiting++;
    use.seatsWaiting += request.estimate.maxSeats();
    due.add(request, request.dueNanos);
    noteDemand();
    settle(queue);
  }

  /// Of the flow's hand, the queue with the least work that waits. The search begins elsewhere in the hand each time, so that none is
  /// favoured by its place.
  private FairQueue shortestQueue(Dealer queues, long hash) {
    queues.deal(hash, hand);
    int offset = Integer.remainderUnsigned(enqueued++, hand.length);
    long least = Long.MAX_VALUE;
    int chosen = hand[offset];
    for (int i = 0; i < hand.length && least > 0; i++) {
      int index = hand[(offset + i) % hand.length];
      FairQueue queue = used.get(index);
      long waiting = queue == null ? 0 : queue.workWaiting;
      if (waiting < least) {
        least = waiting;
        chosen = index;
      }
    }
    return used.computeIfAbsent(chosen, FairQueue::new);
  }

  /// Ends the execution of a request; nothing for one that is not executed.
  public void finish(FlowRequest request, long now) {
    advance(now);
    if (request.phase != FlowRequest.Phase.EXECUTING) {
      return;
    }
    executing.remove(request);
    FairQueue queue = request.queue;
    if (queue != null) {
      ready.remove(queue);
      queue.executing--;
      long mistaken = request.expectedNanos() - (nowNanos - request.since);
      queue.nextDispatchAt -= SeatSeconds.of(request.estimate.initialSeats(), mistaken);
      settle(queue);
      noteInactive(queue);
    }
    if (request.estimate.additionalNanos() > 0) {
      request.phase = FlowRequest.Phase.LINGERING;
      due.add(request, nowNanos + request.estimate.additionalNanos());
    } else {
      giveBackSeats(request);
    }
    dispatchAll();
  }

  /// Takes out a request that waits, whose client does not wait any more; nothing for one that does not wait.
  public void cancel(FlowRequest request, long now) {
    advance(now);
    if (request.phase == FlowRequest.Phase.WAITING) {
      due.remove(request);
      abandon(request);
      dispatchAll();
    }
  }

  /// Lets the time pass: seats that are kept for a while are given back and requests that waited too long are turned away, each at
  /// its time.
  public void advance(long now) {
    for (FlowRequest first = due.first();
        first != null && first.dueNanos - now <= 0;
        first = due.first()) {
      due.remove(first);
      sync(Math.max(nowNanos, first.dueNanos));
      if (first.phase == FlowRequest.Phase.LINGERING) {
        giveBackSeats(first);
      } else {
        timeOut(first);
      }
      dispatchAll();
    }
    sync(now);
  }

  private void timeOut(FlowRequest request) {
    abandon(request);
    use.timedOut++;
    decisions.timedOut(request);
  }

  /// When [#advance] has something to do next.
  ///
  /// @return nanoseconds from the time it was told last, or -1 for never
  public long nextDueNanos() {
    FlowRequest first = due.first();
    return first == null ? -1 : Math.max(0, first.dueNanos - nowNanos);
  }

  private void sync(long now) {
    long passed = now - nowNanos;
    if (passed <= 0) {
      return;
    }
    nowNanos = now;
    if (activeQueues > 0) {
      int wanted = queuedSeatsInUse + use.seatsWaiting;
      meter += SeatSeconds.of(Math.min(wanted, seatsMax) / (double) activeQueues, passed);
      if (meter >= EPOCH_END) {
        beginEpoch();
      }
    }
  }

  /// Keeps the meter from overflowing: all that was read from it goes back as far as it does.
  private void beginEpoch() {
    use.epochs++;
    meter -= EPOCH;
    // All by the same amount, so that their order stays.
    for (FairQueue queue : used.values()) {
      queue.nextDispatchAt -= EPOCH;
      queue.finishAt -= EPOCH;
      queue.requests.forEach(request -> request.since -= EPOCH);
    }
  }

  private void dispatchAll() {
    while (use.waiting > 0 && use.seatsInUse < seatsMax) {
      FairQueue queue = ready.next();
      FlowRequest request =
          Objects.requireNonNull(queue.requests.first(), "a queue is ready and empty");
      if (!fits(request)) {
        use.heldUp++;
        decisions.heldUp(request);
        return;
      }
      marks.note(nowNanos, meter, queue, ready);
      ready.dispatched(queue);
      due.remove(request);
      leave(request);
      long work = request.work();
      request.estimate = request.estimate.narrowedTo(seatsMax);
      start(request, work);
      if (!isOffered(request)) {
        decisions.dispatched(request);
      }
    }
  }

  @SuppressWarnings("ReferenceEquality") // it is about this very request
  private boolean isOffered(FlowRequest request) {
    return request == offered;
  }

  private boolean fits(FlowRequest request) {
    int seats = request.estimate.maxSeats();
    if (queuing instanceof Queuing.Exempt) {
      return true;
    }
    // Wider than the whole level: alone, or it would wait for ever.
    return seats > seatsMax ? executing.size() == 0 : use.seatsInUse + seats <= seatsMax;
  }

  private FairQueue leave(FlowRequest request) {
    FairQueue queue = queueOf(request);
    ready.remove(queue);
    queue.remove(request);
    use.waiting--;
    use.seatsWaiting -= request.estimate.maxSeats();
    return queue;
  }

  private void abandon(FlowRequest request) {
    request.phase = FlowRequest.Phase.OVER;
    FairQueue queue = leave(request);
    settle(queue);
    noteInactive(queue);
    release(queue);
    use.rejected++;
    use.cancelled++;
    noteDemand();
  }

  private void start(FlowRequest request, long work) {
    request.phase = FlowRequest.Phase.EXECUTING;
    request.since = nowNanos;
    int seats = request.estimate.maxSeats();
    executing.add(request);
    use.dispatched++;
    use.seatsInUse += seats;
    FairQueue queue = request.queue;
    if (queue != null) {
      queue.executing++;
      queue.seatsInUse += seats;
      queuedSeatsInUse += seats;
      queue.nextDispatchAt += work;
      settle(queue);
    }
    noteDemand();
  }

  private void giveBackSeats(FlowRequest request) {
    request.phase = FlowRequest.Phase.OVER;
    int seats = request.estimate.maxSeats();
    use.seatsInUse -= seats;
    FairQueue queue = request.queue;
    if (queue != null) {
      queue.seatsInUse -= seats;
      queuedSeatsInUse -= seats;
      if (queue.isUnused()) {
        dropIfTooMany(queue);
        release(queue);
      }
    }
    noteDemand();
    Invariant.check(use.seatsInUse >= 0, "%d seats in use", use.seatsInUse);
  }

  private void noteInactive(FairQueue queue) {
    if (!queue.isActive()) {
      activeQueues--;
    }
  }

  /// Forgets a queue if it is as good as new.
  private void release(FairQueue queue) {
    if (queue.isUnused()) {
      used.remove(queue.index, queue);
    }
  }

  /// Takes an empty queue away when there are more than wanted; those behind it move up.
  private void dropIfTooMany(FairQueue queue) {
    Dealer wanted = dealer;
    int desired = wanted == null ? 0 : wanted.deckSize();
    if (queueCount <= desired) {
      return;
    }
    queueCount--;
    used.remove(queue.index);
    Map<Integer, FairQueue> moved = new HashMap<>();
    ready.clear();
    for (FairQueue other : used.values()) {
      other.index -= other.index > queue.index ? 1 : 0;
      moved.put(other.index, other);
      if (other.requests.size() > 0) {
        ready.add(other);
      }
    }
    used.clear();
    used.putAll(moved);
    ready.dropped(queue.index);
  }

  /// Puts a queue, which is not among the ready ones, back in order after a change. Dispatch in the virtual world must not come before
  /// arrival: a queue that cannot use its share and never is empty would else save it up, and have it all at once against the others.
  private void settle(FairQueue queue) {
    FlowRequest first = queue.requests.first();
    if (first != null) {
      queue.nextDispatchAt = Math.max(queue.nextDispatchAt, first.since);
      queue.finishAt = queue.nextDispatchAt + first.work();
      ready.add(queue);
    }
  }

  public QueueSetCounts counts() {
    return use.counts(executing.size());
  }

  /// The demand for its seats.
  public SeatDemand demand() {
    return demand;
  }

  /// Whether no request waits or is executed.
  public boolean isIdle() {
    return use.waiting == 0 && executing.size() == 0;
  }

  public int seatsMax() {
    return seatsMax;
  }

  public int queueCount() {
    return queueCount;
  }

  /// Queues that hold anything in memory.
  int usedQueues() {
    return used.size();
  }

  /// @param index from 0 to [#queueCount]
  public QueueState queue(int index) {
    FairQueue queue = used.get(index);
    return queue == null ? QueueState.UNUSED : QueueState.of(queue);
  }

  /// Where the progress meter stands, in [SeatSeconds].
  public long meter() {
    return meter;
  }

  /// Where its queues stood when a request was dispatched last; changes as time goes on.
  public DispatchMarks marks() {
    return marks;
  }

  /// How many queues have requests that wait.
  public int busyQueues() {
    return ready.size();
  }

  /// The numbers of the queues that have requests that wait, rising.
  public void forEachBusyQueue(IntConsumer action) {
    ready.forEachIndex(action);
  }

  /// The queues that a flow's requests may wait in, in the order in which the hand is dealt; none when the level has no queues.
  public int[] hand(long hash) {
    Dealer queues = dealer;
    if (queues == null) {
      return new int[0];
    }
    int[] dealt = new int[queues.handSize()];
    queues.deal(hash, dealt);
    return dealt;
  }

  /// The requests that wait in a queue, the one that came first at the front.
  public void forEachWaiting(int index, Consumer<FlowRequest> action) {
    FairQueue queue = used.get(index);
    if (queue != null) {
      queue.requests.forEach(action);
    }
  }

  /// The requests that are executed, in the order in which that began.
  public void forEachExecuting(Consumer<FlowRequest> action) {
    executing.forEach(action);
  }

  private void noteDemand() {
    demand.set(use.seatsInUse + use.seatsWaiting, nowNanos);
  }

  private static FairQueue queueOf(FlowRequest request) {
    return Objects.requireNonNull(request.queue, "a request that waits has no queue");
  }
}
