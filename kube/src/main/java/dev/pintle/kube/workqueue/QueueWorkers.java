package dev.pintle.kube.workqueue;

import dev.pintle.kube.metrics.ControllerFailures;
import dev.pintle.kube.status.StatusError;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The workers of one controller: each takes a key from the queue, does what has to be done for it, and takes the next. What fails is
/// done again after a while; a failure that is more than somebody else having been faster is logged and counted. What is restrained, as
/// somebody else keeps undoing it, is done again when it may be.
///
/// @param <K> the keys
public final class QueueWorkers<K> implements AutoCloseable {
  private static final int CONFLICT = 409;

  /// What it was to be done for has gone meanwhile.
  private static final int NOT_FOUND = 404;

  private static final int IDLE_SECONDS = 10;

  private final String name;
  private final WorkQueue<K> queue;
  private final Action<K> action;
  private final ControllerFailures failures;
  private @Nullable ThreadPoolExecutor threads;

  /// The action of a controller on one key.
  ///
  /// @param <K> the keys
  @FunctionalInterface
  public interface Action<K> {
    /// On a thread that may wait.
    ///
    /// @return false when it is to be tried again, as what it needs is not there yet
    /// @throws StatusError what the server refuses; it is tried again
    /// @throws Restrained when it is to be tried again after a certain time
    boolean isDone(K key);
  }

  public QueueWorkers(
      String name, WorkQueue<K> queue, ControllerFailures failures, Action<K> action) {
    this.name = name;
    this.queue = queue;
    this.failures = failures;
    this.action = action;
    failures.register(name);
  }

  /// Lets so many keys be worked on at once, on threads of the machine's own: what a key takes may grow with what a client wrote, and
  /// virtual threads would make requests wait for it. There are none while there is nothing to do.
  public void start(int workers) {
    ThreadPoolExecutor started =
        new ThreadPoolExecutor(
            workers,
            workers,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            Thread.ofPlatform().daemon().name(name + '-', 0).factory());
    started.allowCoreThreadTimeOut(true);
    threads = started;
    queue.onWaiting(() -> offer(started));
  }

  private void offer(ThreadPoolExecutor started) {
    try {
      started.execute(this::workOnOne);
    } catch (RejectedExecutionException _) {
      // It is being closed: nothing more is done for anybody.
    }
  }

  private void workOnOne() {
    K key = queue.poll();
    if (key != null) {
      run(key);
      queue.done(key);
    }
  }

  private void run(K key) {
    try {
      if (action.isDone(key)) {
        queue.forget(key);
      } else {
        queue.addRateLimited(key);
      }
    } catch (Restrained restrained) {
      queue.addAfter(key, restrained.nanos());
    } catch (RuntimeException | StackOverflowError failed) {
      boolean overtaken =
          failed instanceof StatusError refused
              && (refused.status().code() == CONFLICT || refused.status().code() == NOT_FOUND);
      if (!overtaken) {
        failures.add(name, String.valueOf(key), failed);
      }
      queue.addRateLimited(key);
    }
  }

  /// Takes no more keys, and waits for what is being done.
  @Override
  public void close() {
    queue.close();
    ThreadPoolExecutor started = threads;
    if (started != null) {
      started.close();
    }
  }
}
