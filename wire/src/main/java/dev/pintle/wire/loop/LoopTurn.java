package dev.pintle.wire.loop;

import dev.pintle.wire.time.WireClock;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// The work that one event loop does once per turn: runs the work that other threads handed over, then flushes each
/// connection that wrote something.
///
/// Handed-over work runs in the order in which one thread handed it over, and before any task that the thread gives to
/// the loop afterwards. A burst costs one task of the loop however long it is: only the push onto the empty stack
/// schedules one.
public final class LoopTurn {
  private final EventLoop loop;
  private final WireClock clock;
  private final AtomicReference<@Nullable Handoff> newest = new AtomicReference<>();
  private final Runnable runHandedOver = this::runHandedOver;
  private final Runnable flushAll = this::flushAll;
  private List<TurnFlushed> dirty = new ArrayList<>();
  private List<TurnFlushed> spare = new ArrayList<>();
  private boolean flushPlanned;
  private final ReadTurns readTurns;

  LoopTurn(EventLoop loop, WireClock clock) {
    this.loop = loop;
    this.clock = clock;
    this.readTurns = new ReadTurns(this::afterReading);
  }

  ReadTurns readTurns() {
    return readTurns;
  }

  /// A timer, and not a task: of these the loop runs all that there are before it reads again. By the loop's own time, which a test
  /// does not stop.
  private void afterReading(Runnable task) {
    var _ = loop.schedule(task, 0, TimeUnit.NANOSECONDS);
  }

  /// By the clock of the loops.
  public long nanos() {
    return clock.nanos();
  }

  /// Runs `task` on the loop once `nanos` have gone by, unless that is cancelled.
  public Future<?> schedule(Runnable task, long nanos) {
    return clock.schedule(loop, task, nanos);
  }

  public EventLoop loop() {
    return loop;
  }

  public boolean isLoopThread() {
    return loop.inEventLoop();
  }

  /// Gives `work` to the loop, from any thread.
  public void handOver(Handoff work) {
    Handoff before;
    do {
      before = newest.get();
      work.next = before;
    } while (!newest.compareAndSet(before, work));
    if (before == null) {
      schedule();
    }
  }

  /// Runs `work` now on the loop's own thread, else hands it over.
  public void run(Runnable work) {
    if (isLoopThread()) {
      work.run();
    } else {
      handOver(new HandedRunnable(work));
    }
  }

  /// Runs `work` on the loop, also from its own thread not before this returns.
  public void later(Runnable work) {
    handOver(new HandedRunnable(work));
  }

  /// Plans a flush at the end of this turn. On the loop only; the caller asks once per turn.
  public void flushLater(TurnFlushed connection) {
    dirty.add(connection);
    if (!flushPlanned) {
      flushPlanned = true;
      loop.execute(flushAll);
    }
  }

  private void schedule() {
    try {
      loop.execute(runHandedOver);
    } catch (RejectedExecutionException loopEnded) {
      for (Handoff h = newest.getAndSet(null); h != null; h = h.next) {
        h.discard();
      }
    }
  }

  private void runHandedOver() {
    Handoff work = oldestFirst(newest.getAndSet(null));
    boolean plannedBefore = flushPlanned;
    flushPlanned = true;
    while (work != null) {
      Handoff next = work.next;
      work.next = null;
      Faults.guard(work::run);
      work = next;
    }
    flushPlanned = plannedBefore;
    if (!plannedBefore) {
      flushAll();
    }
  }

  private static @Nullable Handoff oldestFirst(@Nullable Handoff newest) {
    Handoff reversed = null;
    Handoff rest = newest;
    while (rest != null) {
      Handoff next = rest.next;
      rest.next = reversed;
      reversed = rest;
      rest = next;
    }
    return reversed;
  }

  /// Connections that write while being flushed (a stream became writable) are flushed in a turn of their own.
  private void flushAll() {
    flushPlanned = false;
    List<TurnFlushed> now = dirty;
    dirty = spare;
    for (TurnFlushed connection : now) {
      Faults.guard(connection::flushTurn);
    }
    now.clear();
    spare = now;
  }

  private static final class HandedRunnable extends Handoff {
    private final Runnable work;

    HandedRunnable(Runnable work) {
      this.work = work;
    }

    @Override
    protected void run() {
      work.run();
    }
  }
}
