package dev.pintle.sim.flow;

import dev.pintle.kernel.flow.FlowRequest;
import dev.pintle.kernel.flow.Rejection;
import dev.pintle.kernel.flow.ServiceTime;
import dev.pintle.kernel.flow.WorkEstimate;
import dev.pintle.sim.world.World;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// A client of a level, which asks anew whenever one of its requests has ended, until it vanishes.
public final class FlowClient {
  /// Whoever was turned away comes back no sooner.
  private static final Duration RETRY = Duration.ofMillis(5);

  private final World world;
  private final SimulatedLevel level;
  private final FlowHabit habit;
  private final SplittableRandom chance;
  private final Set<LevelRequest> open = new LinkedHashSet<>();
  private @Nullable AtomicReference<ServiceTime> time;
  private boolean vanished;
  private long seatNanos;
  private long waitNanosMax;
  private long waitNanosSum;
  private long offered;
  private long dispatched;
  private long turnedAway;
  private long hungUp;

  public FlowClient(World world, SimulatedLevel level, FlowHabit habit) {
    this.world = world;
    this.level = level;
    this.habit = habit;
    this.chance = world.chance();
  }

  /// Its requests are taken to last as long as those before them did that share `kind`.
  public FlowClient learning(AtomicReference<ServiceTime> kind) {
    time = kind;
    return this;
  }

  public FlowClient begin() {
    for (int i = 0; i < habit.atOnce(); i++) {
      ask();
    }
    return this;
  }

  private void ask() {
    if (vanished) {
      return;
    }
    LevelRequest request =
        new LevelRequest(this, estimate(), world.now(), upTo(habit.serviceMax()));
    if (time != null) {
      request.expectService(time.get().nanos());
    }
    open.add(request);
    offered++;
    Rejection why = level.offer(request);
    if (why != null) {
      ended(request, true);
    } else if (chance.nextInt(100) < habit.hangUpPercent()) {
      world.after(Duration.ofNanos(upTo(habit.patience())), () -> hangUp(request));
    }
  }

  private WorkEstimate estimate() {
    int seats = chance.nextInt(1, habit.seatsMax() + 1);
    if (habit.lingering() && chance.nextBoolean()) {
      return new WorkEstimate(1, seats, upTo(habit.serviceMax()));
    }
    return new WorkEstimate(seats, 0, 0);
  }

  private long upTo(Duration most) {
    return most.isZero() ? 0 : chance.nextLong(1, most.toNanos() + 1);
  }

  private void hangUp(LevelRequest request) {
    boolean waits = request.phase() == FlowRequest.Phase.WAITING;
    level.cancel(request);
    if (waits && request.isOver()) {
      hungUp++;
      ended(request, true);
    }
  }

  /// Goes without a word: its requests that wait are given up, those that are executed go on.
  public void vanish() {
    vanished = true;
    List.copyOf(open).forEach(this::hangUp);
  }

  void dispatched(long waitNanos) {
    dispatched++;
    waitNanosMax = Math.max(waitNanosMax, waitNanos);
    waitNanosSum += waitNanos;
  }

  /// @param unanswered whether it was turned away, or waited in vain
  void ended(LevelRequest request, boolean unanswered) {
    open.remove(request);
    if (unanswered) {
      turnedAway++;
    } else {
      if (time != null) {
        time.updateAndGet(before -> before.after(request.serviceNanos));
      }
      seatNanos += request.estimate().maxSeats() * request.serviceNanos;
    }
    Duration pause = Duration.ofNanos(upTo(habit.pause()));
    world.after(unanswered ? pause.plus(RETRY) : pause, this::ask);
  }

  public FlowHabit habit() {
    return habit;
  }

  /// Seats times the time that it had them.
  public double seatSeconds() {
    return seatNanos / 1e9;
  }

  public Duration waitMax() {
    return Duration.ofNanos(waitNanosMax);
  }

  public Duration waitMean() {
    return Duration.ofNanos(waitNanosSum / Math.max(1, dispatched));
  }

  public long dispatched() {
    return dispatched;
  }

  /// Requests of which it has not seen the end.
  public int open() {
    return open.size();
  }

  public long hungUp() {
    return hungUp;
  }

  @Override
  public String toString() {
    return "%s: offered %d, dispatched %d, turned away %d, %.1f seat-seconds"
        .formatted(habit, offered, dispatched, turnedAway, seatSeconds());
  }
}
