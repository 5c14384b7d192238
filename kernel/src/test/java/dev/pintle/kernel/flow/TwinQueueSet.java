package dev.pintle.kernel.flow;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.LongSummaryStatistics;
import org.jspecify.annotations.Nullable;

/// A twin of [QueueSet] that is as plain as can be: nothing is kept that can be counted anew, and every queue is looked at every time. It
/// follows upstream's rules but for these, in which it does as the queue set does:
///
/// - When a request has left its queue without being dispatched, others are dispatched at once. Upstream looks again only at the next event.
/// - A queue that is too many goes once no seat of its requests lingers. In upstream it goes before, and a later seat takes another queue away.
/// - The seats that wait become fewer by what they became more by, also for a request that is made narrower as it is dispatched.
/// - What is due at the same time is done in the order in which that was planned.
///
/// Its progress meter begins at zero and never is set back.
final class TwinQueueSet {
  static final String MARKS = "dispatched at %d, next %d to %d, less what is executed %d to %d";
  private static final int EXTREMES_AT_ONCE_MAX = 16;

  final List<TwinQueue> queues = new ArrayList<>();
  final List<TwinRequest> requests = new ArrayList<>();

  /// What was decided, in order.
  final List<String> decisions = new ArrayList<>();

  long meter;
  private long now;
  private Queuing queuing;
  private int seatsMax;
  private int robin;
  private int enqueued;
  private long planned;
  long dispatched;
  long rejected;
  long timedOut;
  long cancelled;
  long heldUp;

  /// Where queues stood at the last dispatch, from the meter on; empty when there were so many that their extremes are not kept.
  String marks = "";

  static final class TwinQueue {
    final List<TwinRequest> waiting = new ArrayList<>();
    final List<TwinRequest> executing = new ArrayList<>();
    final List<TwinRequest> lingering = new ArrayList<>();
    long next;

    boolean isActive() {
      return !waiting.isEmpty() || !executing.isEmpty();
    }

    int seatsInUse() {
      return seats(executing) + seats(lingering);
    }

    long workWaiting() {
      return waiting.stream().mapToLong(request -> request.work).sum();
    }

    void bound() {
      if (!waiting.isEmpty()) {
        next = Math.max(next, waiting.getFirst().arrivedAt);
      }
    }
  }

  static final class TwinRequest {
    final int number;
    private final long work;
    private WorkEstimate estimate;
    private final long hash;
    private final int seatsWaiting;
    @Nullable TwinQueue queue;
    FlowRequest.Phase phase = FlowRequest.Phase.NEW;
    private long arrivedAt;
    private long started;
    private long due;
    private long duePlanned;

    TwinRequest(int number, long hash, WorkEstimate estimate) {
      this.number = number;
      this.hash = hash;
      this.estimate = estimate;
      this.seatsWaiting = estimate.maxSeats();
      this.work =
          SeatSeconds.of(estimate.initialSeats(), QueueSet.SERVICE_NANOS)
              + SeatSeconds.of(estimate.finalSeats(), estimate.additionalNanos());
    }

    private boolean isDue() {
      return phase == FlowRequest.Phase.WAITING || phase == FlowRequest.Phase.LINGERING;
    }
  }

  TwinQueueSet(Queuing queuing, int seatsMax) {
    this.queuing = queuing;
    this.seatsMax = seatsMax;
    configure(queuing, seatsMax, 0);
  }

  void configure(Queuing wanted, int seats, long time) {
    advance(time);
    queuing = wanted;
    seatsMax = seats;
    if (wanted instanceof Queuing.Wait wait) {
      while (queues.size() < wait.queues()) {
        queues.add(new TwinQueue());
      }
    }
    dispatchAll();
  }

  void offer(TwinRequest request, long waitNanosMax, long time) {
    advance(time);
    requests.add(request);
    if (!(queuing instanceof Queuing.Wait wait)) {
      if (fits(request)) {
        start(request);
      } else {
        reject(request, Rejection.CONCURRENCY_LIMIT);
      }
      return;
    }
    TwinQueue queue = shortest(wait, request.hash);
    if (seatsInUse() >= seatsMax && queue.waiting.size() >= wait.queueLengthMax()) {
      reject(request, Rejection.QUEUE_FULL);
      return;
    }
    if (!queue.isActive()) {
      queue.next = meter;
    }
    request.queue = queue;
    request.arrivedAt = meter;
    request.phase = FlowRequest.Phase.WAITING;
    plan(request, time + waitNanosMax);
    queue.waiting.add(request);
    queue.bound();
    dispatchAll();
  }

  private TwinQueue shortest(Queuing.Wait wait, long hash) {
    int[] hand = new int[wait.handSize()];
    new Dealer(wait.queues(), wait.handSize()).deal(hash, hand);
    int offset = enqueued++ % hand.length;
    TwinQueue best = queues.get(hand[offset]);
    for (int i = 1; i < hand.length; i++) {
      TwinQueue queue = queues.get(hand[(offset + i) % hand.length]);
      best = queue.workWaiting() < best.workWaiting() ? queue : best;
    }
    return best;
  }

  private void reject(TwinRequest request, Rejection why) {
    request.phase = FlowRequest.Phase.OVER;
    rejected++;
    decisions.add("#%d rejected: %s".formatted(request.number, why));
  }

  void finish(TwinRequest request, long time) {
    advance(time);
    if (request.phase != FlowRequest.Phase.EXECUTING) {
      return;
    }
    TwinQueue queue = request.queue;
    if (queue != null) {
      queue.executing.remove(request);
      queue.next -=
          SeatSeconds.of(
              request.estimate.initialSeats(), QueueSet.SERVICE_NANOS - (now - request.started));
      queue.bound();
    }
    if (request.estimate.additionalNanos() > 0) {
      request.phase = FlowRequest.Phase.LINGERING;
      plan(request, now + request.estimate.additionalNanos());
      if (queue != null) {
        queue.lingering.add(request);
      }
    } else {
      release(request);
    }
    dispatchAll();
  }

  private void release(TwinRequest request) {
    request.phase = FlowRequest.Phase.OVER;
    TwinQueue queue = request.queue;
    if (queue == null) {
      return;
    }
    queue.lingering.remove(request);
    int wanted = queuing instanceof Queuing.Wait wait ? wait.queues() : 0;
    if (queues.size() > wanted && !queue.isActive() && queue.lingering.isEmpty()) {
      int index = queues.indexOf(queue);
      queues.remove(index);
      robin -= robin >= index ? 1 : 0;
    }
  }

  void cancel(TwinRequest request, long time) {
    advance(time);
    if (request.phase == FlowRequest.Phase.WAITING) {
      abandon(request);
      dispatchAll();
    }
  }

  private void abandon(TwinRequest request) {
    request.phase = FlowRequest.Phase.OVER;
    TwinQueue queue = queueOf(request);
    queue.waiting.remove(request);
    queue.bound();
    rejected++;
    cancelled++;
  }

  void advance(long time) {
    for (TwinRequest first = firstDue(); first != null && first.due <= time; first = firstDue()) {
      sync(Math.max(now, first.due));
      if (first.phase == FlowRequest.Phase.LINGERING) {
        release(first);
      } else {
        abandon(first);
        timedOut++;
        decisions.add("#%d timed out".formatted(first.number));
      }
      dispatchAll();
    }
    sync(time);
  }

  private @Nullable TwinRequest firstDue() {
    return requests.stream()
        .filter(TwinRequest::isDue)
        .min(
            Comparator.<TwinRequest>comparingLong(request -> request.due)
                .thenComparingLong(request -> request.duePlanned))
        .orElse(null);
  }

  long nextDueNanos() {
    TwinRequest first = firstDue();
    return first == null ? -1 : Math.max(0, first.due - now);
  }

  private void plan(TwinRequest request, long due) {
    request.due = due;
    request.duePlanned = planned++;
  }

  private void sync(long time) {
    long passed = time - now;
    now = time;
    int active = 0;
    int wanted = 0;
    for (TwinQueue queue : queues) {
      active += queue.isActive() ? 1 : 0;
      wanted += queue.seatsInUse() + seats(queue.waiting);
    }
    if (active > 0) {
      meter += SeatSeconds.of(Math.min((double) wanted, seatsMax) / active, passed);
    }
  }

  private void dispatchAll() {
    while (waiting() > 0 && seatsInUse() < seatsMax) {
      TwinQueue queue = nextQueue();
      TwinRequest request = queue.waiting.getFirst();
      if (!fits(request)) {
        heldUp++;
        return;
      }
      marks = marks(queue);
      robin = queues.indexOf(queue);
      queue.waiting.removeFirst();
      narrow(request);
      start(request);
      queue.next += request.work;
      queue.bound();
    }
  }

  private String marks(TwinQueue chosen) {
    List<TwinQueue> busy = queues.stream().filter(queue -> !queue.waiting.isEmpty()).toList();
    if (busy.size() > EXTREMES_AT_ONCE_MAX) {
      return "";
    }
    LongSummaryStatistics next =
        busy.stream().mapToLong(queue -> queue.next - meter).summaryStatistics();
    LongSummaryStatistics left =
        busy.stream()
            .mapToLong(queue ->
                queue.next - meter - SeatSeconds.of(queue.seatsInUse(), QueueSet.SERVICE_NANOS))
            .summaryStatistics();
    return MARKS.formatted(
        chosen.next - meter, next.getMin(), next.getMax(), left.getMin(), left.getMax());
  }

  /// The queue of the least virtual finish, of several the one that is next after the one last dispatched from.
  private TwinQueue nextQueue() {
    TwinQueue best = null;
    long least = Long.MAX_VALUE;
    for (int i = 1; i <= queues.size(); i++) {
      TwinQueue queue = queues.get((robin + i) % queues.size());
      if (!queue.waiting.isEmpty() && queue.next + queue.waiting.getFirst().work < least) {
        best = queue;
        least = queue.next + queue.waiting.getFirst().work;
      }
    }
    if (best == null) {
      throw new IllegalStateException("nothing waits");
    }
    return best;
  }

  private void narrow(TwinRequest request) {
    WorkEstimate estimate = request.estimate;
    if (estimate.finalSeats() > seatsMax) {
      long work = SeatSeconds.of(estimate.finalSeats(), estimate.additionalNanos());
      request.estimate =
          new WorkEstimate(
              estimate.initialSeats(), seatsMax, SeatSeconds.nanosPerSeat(work, seatsMax));
    }
  }

  private boolean fits(TwinRequest request) {
    int wanted = request.estimate.maxSeats();
    if (queuing instanceof Queuing.Exempt) {
      return true;
    }
    return wanted > seatsMax ? executing() == 0 : seatsInUse() + wanted <= seatsMax;
  }

  private void start(TwinRequest request) {
    request.phase = FlowRequest.Phase.EXECUTING;
    request.started = now;
    if (request.queue != null) {
      request.queue.executing.add(request);
    }
    dispatched++;
    decisions.add("#%d dispatched".formatted(request.number));
  }

  int waiting() {
    return in(FlowRequest.Phase.WAITING).size();
  }

  int seatsWaiting() {
    return in(FlowRequest.Phase.WAITING).stream().mapToInt(request -> request.seatsWaiting).sum();
  }

  int executing() {
    return in(FlowRequest.Phase.EXECUTING).size();
  }

  int seatsInUse() {
    return seats(in(FlowRequest.Phase.EXECUTING)) + seats(in(FlowRequest.Phase.LINGERING));
  }

  List<TwinRequest> in(FlowRequest.Phase phase) {
    return requests.stream().filter(request -> request.phase == phase).toList();
  }

  private static int seats(List<TwinRequest> requests) {
    return requests.stream().mapToInt(request -> request.estimate.maxSeats()).sum();
  }

  private static TwinQueue queueOf(TwinRequest request) {
    TwinQueue queue = request.queue;
    if (queue == null) {
      throw new IllegalStateException("a request that waits has no queue");
    }
    return queue;
  }
}
