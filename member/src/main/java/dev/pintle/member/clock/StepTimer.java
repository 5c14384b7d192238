package dev.pintle.member.clock;

import java.lang.System.Logger.Level;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/// A thread that takes a step whenever the last one said that the next is due.
///
/// What the steps do and when they are due is theirs to know, by a [Clock] of their own; tests call them without a timer.
public final class StepTimer implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(StepTimer.class.getName());

  /// How long a step that failed for a reason it does not know is left alone.
  private static final long AFTER_FAULT_NANOS = 1_000_000_000L;

  private final LongSupplier step;
  private final Thread thread;
  private volatile boolean closed;

  private StepTimer(String name, LongSupplier step) {
    this.step = step;
    this.thread = Thread.ofVirtual().name(name).unstarted(this::run);
  }

  /// @param step answers in how many nanoseconds to call again at the latest; it may wait
  public static StepTimer start(String name, LongSupplier step) {
    StepTimer timer = new StepTimer(name, step);
    timer.thread.start();
    return timer;
  }

  private void run() {
    while (!closed) {
      LockSupport.parkNanos(this, nanosUntilNext());
    }
  }

  private long nanosUntilNext() {
    try {
      return step.getAsLong();
    } catch (RuntimeException fault) {
      LOG.log(Level.ERROR, thread.getName() + " failed, and goes on", fault);
      return AFTER_FAULT_NANOS;
    }
  }

  /// Waits for the step that is being taken; there is none after it.
  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
    try {
      thread.join();
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
  }
}
