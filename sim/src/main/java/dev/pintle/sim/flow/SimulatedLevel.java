package dev.pintle.sim.flow;

import dev.pintle.kernel.flow.FlowRequest;
import dev.pintle.kernel.flow.QueueSet;
import dev.pintle.kernel.flow.QueueSetCounts;
import dev.pintle.kernel.flow.QueueState;
import dev.pintle.kernel.flow.Queuing;
import dev.pintle.kernel.flow.Rejection;
import dev.pintle.sim.world.Claim;
import dev.pintle.sim.world.World;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A priority level in a simulated world, which executes requests for as long as these say, and what is claimed of it at any time.
public final class SimulatedLevel implements QueueSet.Decisions {
  private static final QueueState UNUSED = new QueueState(0, 0, 0, 0, 0, 0, 0);

  private final World world;
  private final QueueSet queues;
  private final Set<LevelRequest> waiting = new LinkedHashSet<>();

  /// Those that hold seats.
  private final Set<LevelRequest> seated = new LinkedHashSet<>();

  private int widest;
  private long wakeAt = Long.MAX_VALUE;

  public SimulatedLevel(World world, Queuing queuing, int seats) {
    this.world = world;
    this.queues = new QueueSet(queuing, seats, this, world.now());
  }

  @Nullable Rejection offer(LevelRequest request) {
    widest = Math.max(widest, request.estimate().maxSeats());
    Rejection why = queues.offer(request, world.now());
    if (request.phase() == FlowRequest.Phase.EXECUTING) {
      dispatched(request);
    } else if (request.phase() == FlowRequest.Phase.WAITING) {
      waiting.add(request);
    }
    planWaking();
    return why;
  }

  void cancel(LevelRequest request) {
    queues.cancel(request, world.now());
    if (request.isOver()) {
      waiting.remove(request);
    }
    planWaking();
  }

  public void configure(Queuing queuing, int seats) {
    world.note("%s, %d seats".formatted(queuing, seats));
    queues.configure(queuing, seats, world.now());
    planWaking();
  }

  @Override
  public void dispatched(FlowRequest request) {
    LevelRequest begun = (LevelRequest) request;
    waiting.remove(begun);
    seated.add(begun);
    long waited = world.now() - begun.arrivedNanos();
    Claim.check(
        waited <= begun.client.habit().patience().toNanos(), "a request waited for %d ns", waited);
    begun.client.dispatched(waited);
    world.note("dispatched after %d ns from queue %d".formatted(waited, begun.queueIndex()));
    world.after(Duration.ofNanos(begun.serviceNanos), () -> finish(begun));
  }

  @Override
  public void timedOut(FlowRequest request) {
    LevelRequest given = (LevelRequest) request;
    waiting.remove(given);
    world.note("timed out");
    given.client.ended(given, true);
  }

  private void finish(LevelRequest request) {
    queues.finish(request, world.now());
    request.client.ended(request, false);
    planWaking();
  }

  private void planWaking() {
    long next = queues.nextDueNanos();
    if (next >= 0 && world.now() + next < wakeAt) {
      wakeAt = world.now() + next;
      world.after(Duration.ofNanos(next), this::wake);
    }
  }

  private void wake() {
    if (world.now() >= wakeAt) {
      wakeAt = Long.MAX_VALUE;
      queues.advance(world.now());
      planWaking();
    }
  }

  /// What holds at any time.
  public void check() {
    seated.removeIf(LevelRequest::isOver);
    QueueSetCounts counts = queues.counts();
    int seats = seated.stream().mapToInt(request -> request.estimate().maxSeats()).sum();
    Claim.check(counts.seatsInUse() == seats, "%d of %d seats", counts.seatsInUse(), seats);
    Claim.check(counts.waiting() == waiting.size(), "%s, not %d", counts, waiting.size());
    Claim.check(
        counts.waiting() == 0 || seats + Math.min(widest, queues.seatsMax()) > queues.seatsMax(),
        "requests wait beside free seats: %s of %d",
        counts,
        queues.seatsMax());
  }

  /// What holds once all clients have gone and all their requests have ended.
  public void checkEmpty() {
    check();
    QueueSetCounts counts = queues.counts();
    Claim.check(queues.isIdle() && counts.seatsInUse() == 0, "not empty: %s", counts);
    Claim.check(counts.seatsWaiting() == 0, "nobody waits for seats: %s", counts);
    Claim.check(queues.nextDueNanos() == -1, "something is due");
    for (int i = 0; i < queues.queueCount(); i++) {
      Claim.check(queues.queue(i).equals(UNUSED), "queue %d: %s", i, queues.queue(i));
    }
  }

  public QueueSet queues() {
    return queues;
  }
}
