package dev.pintle.kube.flowcontrol;

import dev.pintle.kernel.flow.QueueSet;
import dev.pintle.kernel.flow.QueueSetCounts;
import dev.pintle.kernel.flow.Queuing;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;

/// A queue set behind a lock, with the timer that it needs while somebody waits. What is decided for requests that waited is carried out when
/// the lock is free again.
final class LockedQueueSet {
  private static final System.Logger LOG = System.getLogger(LockedQueueSet.class.getName());
  private static final long NEVER = Long.MAX_VALUE;

  private final FlowClock clock;
  private final Observer observer;
  private final ReentrantLock lock = new ReentrantLock();

  // Guarded by `lock`.
  private final QueueSet queues;
  private List<Runnable> decided = new ArrayList<>(0);
  private long tickNanos = NEVER;
  private long eventNanos;

  /// An action under the lock.
  ///
  /// @param <T> what comes of it
  @FunctionalInterface
  interface Step<T> {
    T at(QueueSet queues, long nowNanos);
  }

  /// An observer of the state after each step, under the lock.
  @FunctionalInterface
  interface Observer {
    void see(QueueSet queues, QueueSetCounts counts, long nowNanos);
  }

  /// @param decisions told under the lock
  LockedQueueSet(
      Queuing queuing,
      int seatsMax,
      FlowClock clock,
      QueueSet.Decisions decisions,
      Observer observer) {
    this.clock = clock;
    this.observer = observer;
    this.queues = new QueueSet(queuing, seatsMax, decisions, clock.nanos());
  }

  /// The time of the step that is being taken; under the lock.
  long eventNanos() {
    return eventNanos;
  }

  /// Puts off an action until the lock is free; under the lock.
  void afterwards(Runnable action) {
    decided.add(action);
  }

  /// @param step must not keep the queue set
  <T> T locked(Step<T> step) {
    T result;
    List<Runnable> actions = List.of();
    lock.lock();
    try {
      long now = clock.nanos();
      eventNanos = now;
      queues.advance(now);
      result = step.at(queues, now);
      QueueSetCounts counts = queues.counts();
      observer.see(queues, counts, now);
      if (!decided.isEmpty()) {
        actions = decided;
        decided = new ArrayList<>(0);
      }
      if (counts.waiting() > 0) {
        scheduleTick(now);
      }
    } finally {
      lock.unlock();
    }
    actions.forEach(LockedQueueSet::carryOut);
    return result;
  }

  /// One that fails must not keep the others from their seats.
  private static void carryOut(Runnable action) {
    try {
      action.run();
    } catch (RejectedExecutionException _) {
      // The server is stopping: the request's connection is closed, too.
    } catch (RuntimeException bug) {
      LOG.log(System.Logger.Level.ERROR, "a request that waited failed by our fault", bug);
    }
  }

  private void tick() {
    locked((_, _) -> tickNanos = NEVER);
  }

  /// Seats that are kept for a while are given back with the next event, whichever that is: only while somebody waits for them a timer
  /// must see to it.
  private void scheduleTick(long now) {
    long inNanos = queues.nextDueNanos();
    long at = now + inNanos;
    if (inNanos >= 0 && (tickNanos == NEVER || at - tickNanos < 0)) {
      tickNanos = at;
      clock.schedule(this::tick, inNanos);
    }
  }
}
