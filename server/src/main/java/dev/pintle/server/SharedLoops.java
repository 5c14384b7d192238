package dev.pintle.server;

import dev.pintle.wire.loop.EventLoops;
import java.util.concurrent.atomic.AtomicInteger;

/// The share of a program in the event loops of itself and its branches, with the watch over them; they end with the last share.
final class SharedLoops implements AutoCloseable {
  private final EventLoops loops;
  private final LoopWatch watch;

  /// Shares that are open, of all who have one; never more than 0 again once it was.
  private final AtomicInteger shares;

  private boolean open = true;

  private SharedLoops(EventLoops loops, LoopWatch watch, AtomicInteger shares) {
    this.loops = loops;
    this.watch = watch;
    this.shares = shares;
  }

  static SharedLoops start() {
    EventLoops loops = EventLoops.start();
    return new SharedLoops(
        loops, LoopWatch.start(loops.executors(), LoopWatch.ROUND), new AtomicInteger(1));
  }

  /// Another share, for another program.
  ///
  /// @throws IllegalStateException when all are closed
  SharedLoops share() {
    int before = shares.getAndUpdate(count -> count == 0 ? 0 : count + 1);
    if (before == 0) {
      throw new IllegalStateException("event loops: closed (expected: a program that is open)");
    }
    return new SharedLoops(loops, watch, shares);
  }

  EventLoops loops() {
    return loops;
  }

  /// To be called by one thread, and again without effect.
  @Override
  public void close() {
    if (!open) {
      return;
    }
    open = false;
    if (shares.decrementAndGet() == 0) {
      watch.close();
      loops.close();
    }
  }
}
