package dev.pintle.member.clock;

import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.RunnableScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// The timers by a [MovableTime], on one thread: when that is moved, what has become due is run at once, in order, and whoever moves it waits
/// until it was.
///
/// The executor keeps its tasks by what they say of their delay. All say it by the same time, so that a move changes no order among them,
/// and only the thread that waits for the first has to be told.
final class MovableTimers extends ScheduledThreadPoolExecutor {
  /// What they run must not wait, so that this is never reached.
  private static final long DUE_SECONDS_MAX = 10;

  /// A task that comes before all others and does nothing: whoever waits for the first looks anew.
  private record Nudge() implements Runnable {
    @Override
    public void run() {}
  }

  private final MovableTime time;
  private final ClusterTime.Registration registration;

  MovableTimers(MovableTime time) {
    super(1, Thread.ofPlatform().daemon().name("cluster-timers").factory());
    this.time = time;
    this.registration = time.whenMoved(this::runDue);
  }

  private void runDue() {
    if (getQueue().isEmpty()) {
      return;
    }
    try {
      execute(new Nudge());
      // Behind all that is due.
      schedule(() -> {}, 0, TimeUnit.NANOSECONDS).get(DUE_SECONDS_MAX, TimeUnit.SECONDS);
    } catch (RejectedExecutionException ended) {
      // so has all that was planned
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException held) {
      throw new IllegalStateException("timers: a task does not come to its end", held);
    }
  }

  @Override
  protected void terminated() {
    registration.close();
    super.terminated();
  }

  @Override
  protected <V> RunnableScheduledFuture<V> decorateTask(
      Runnable runnable, RunnableScheduledFuture<V> task) {
    return new Planned<>(task, runnable instanceof Nudge);
  }

  @Override
  protected <V> RunnableScheduledFuture<V> decorateTask(
      Callable<V> callable, RunnableScheduledFuture<V> task) {
    return new Planned<>(task, false);
  }

  /// A task whose delay is by the movable time.
  private final class Planned<V> implements RunnableScheduledFuture<V> {
    private final RunnableScheduledFuture<V> task;
    private final boolean first;

    /// When it is due, by the movable time. Of one that comes again, the task knows when once it is put back: it is asked then, and
    /// does not change while it lies in the queue.
    private volatile long dueNanos;

    private volatile boolean planned;

    Planned(RunnableScheduledFuture<V> task, boolean first) {
      this.task = task;
      this.first = first;
      plan();
    }

    private void plan() {
      dueNanos = time.nanos() + task.getDelay(TimeUnit.NANOSECONDS);
      planned = true;
    }

    @Override
    public long getDelay(TimeUnit unit) {
      return unit.convert(first ? 0 : dueNanos() - time.nanos(), TimeUnit.NANOSECONDS);
    }

    private long dueNanos() {
      if (!planned) {
        plan();
      }
      return dueNanos;
    }

    @Override
    public int compareTo(Delayed other) {
      if (other == this) {
        return 0;
      }
      Planned<?> beside = (Planned<?>) other;
      if (first || beside.first) {
        return first ? -1 : 1;
      }
      long apart = dueNanos() - beside.dueNanos();
      return apart == 0 ? task.compareTo(beside.task) : Long.signum(apart);
    }

    @Override
    public void run() {
      planned = false;
      task.run();
      if (!task.isDone()) {
        dueNanos();
      }
    }

    @Override
    public boolean isPeriodic() {
      return task.isPeriodic();
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
      boolean cancelled = task.cancel(mayInterruptIfRunning);
      if (cancelled) {
        remove(this);
      }
      return cancelled;
    }

    @Override
    public boolean isCancelled() {
      return task.isCancelled();
    }

    @Override
    public boolean isDone() {
      return task.isDone();
    }

    @Override
    public V get() throws InterruptedException, ExecutionException {
      return task.get();
    }

    @Override
    public V get(long timeout, TimeUnit unit)
        throws InterruptedException, ExecutionException, TimeoutException {
      return task.get(timeout, unit);
    }
  }
}
