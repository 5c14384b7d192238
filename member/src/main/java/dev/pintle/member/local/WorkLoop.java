package dev.pintle.member.local;

import java.lang.System.Logger.Level;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/// A thread that does a piece of work after the other, and waits while there is none.
final class WorkLoop {
  private static final System.Logger LOG = System.getLogger(WorkLoop.class.getName());

  private final Thread thread;

  private WorkLoop(Thread thread) {
    this.thread = thread;
  }

  /// A piece of work that is done again and again.
  ///
  /// @param work does a piece of work; answers false when it found none
  /// @param idle waits for work, a bounded time
  /// @param ended says, while there is no work, that there never will be
  record Work(BooleanSupplier work, Runnable idle, BooleanSupplier ended) {}

  /// @param failed is told when the work failed for a reason that it does not know; the thread has ended then
  static WorkLoop start(String name, Work work, Consumer<Throwable> failed) {
    Thread thread = Thread.ofPlatform().name(name).daemon(true).unstarted(() -> run(work, failed));
    thread.start();
    return new WorkLoop(thread);
  }

  private static void run(Work work, Consumer<Throwable> failed) {
    try {
      while (true) {
        if (!work.work.getAsBoolean()) {
          if (work.ended.getAsBoolean()) {
            return;
          }
          work.idle.run();
        }
      }
    } catch (Throwable failure) {
      LOG.log(Level.ERROR, Thread.currentThread().getName() + " failed", failure);
      failed.accept(failure);
    }
  }

  /// Ends a wait that the work does not end itself.
  void wake() {
    LockSupport.unpark(thread);
  }

  boolean isAlive() {
    return thread.isAlive();
  }

  void join() {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
