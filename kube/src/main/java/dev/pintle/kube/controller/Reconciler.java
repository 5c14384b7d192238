package dev.pintle.kube.controller;

import dev.pintle.kernel.keyspace.KeyRange;
import dev.pintle.kube.metrics.ControllerFailures;
import dev.pintle.kube.workqueue.Restrained;
import dev.pintle.member.Member;
import dev.pintle.member.WatchHub;
import dev.pintle.member.WatchHub.Notice;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/// The loop of a controller: an action that is done at first and again after every change of what it follows, on a thread
/// of its own; changes that come while it is being done are answered by doing it once more. What fails is logged, counted,
/// and done again after a while; what is restrained, as somebody else keeps undoing it, when it may be.
final class Reconciler implements AutoCloseable {
  private static final long RETRY_NANOS_MIN = TimeUnit.MILLISECONDS.toNanos(250);
  private static final long RETRY_NANOS_MAX = TimeUnit.SECONDS.toNanos(30);

  private final String name;
  private final ControllerFailures failures;
  private final Runnable action;
  private final List<Followed> followed;
  private final Semaphore due = new Semaphore(1);
  private final WatchHub.Stream stream;
  private final Thread thread;
  private volatile boolean closed;

  /// A range of keys whose changes the controller follows.
  ///
  /// @param matters whether a change in the range is of interest at the moment; asked on a thread that must not wait
  record Followed(KeyRange range, BooleanSupplier matters) {
    static Followed always(KeyRange range) {
      return new Followed(range, () -> true);
    }
  }

  Reconciler(
      String name,
      Member member,
      ControllerFailures failures,
      List<Followed> followed,
      Runnable action) {
    this.name = name;
    this.failures = failures;
    failures.register(name);
    this.action = action;
    this.followed = List.copyOf(followed);
    this.stream = member.watches().open(this::accept);
    this.thread = Thread.ofPlatform().daemon().name(name).unstarted(this::run);
  }

  void start() {
    for (int i = 0; i < followed.size(); i++) {
      stream.create(i, new WatchHub.Spec(followed.get(i).range(), 0, true, true, false, false));
    }
    thread.start();
  }

  /// Says that there is something to do.
  void wake() {
    due.release();
  }

  private boolean accept(List<Notice> notices) {
    for (Notice notice : notices) {
      if (notice instanceof Notice.Events events
          && followed.get((int) events.watchId()).matters().getAsBoolean()) {
        wake();
      }
    }
    return true;
  }

  private void run() {
    try {
      due.acquire();
      long retryNanos = RETRY_NANOS_MIN;
      while (!closed) {
        due.drainPermits();
        try {
          action.run();
          retryNanos = RETRY_NANOS_MIN;
          due.acquire();
        } catch (Restrained restrained) {
          due.tryAcquire(restrained.nanos(), TimeUnit.NANOSECONDS);
        } catch (RuntimeException | StackOverflowError failed) {
          tell(failed);
          due.tryAcquire(retryNanos, TimeUnit.NANOSECONDS);
          retryNanos = Math.min(2 * retryNanos, RETRY_NANOS_MAX);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void tell(Throwable failed) {
    if (!closed) {
      failures.add(name, "what it looks after", failed);
    }
  }

  @Override
  public void close() {
    closed = true;
    stream.close();
    wake();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
