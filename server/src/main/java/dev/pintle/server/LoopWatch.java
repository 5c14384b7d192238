package dev.pintle.server;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The watch over event loops for one that does not come round: its stack is written to the log, once for each time it
/// is stuck. An event loop serves many connections, so what holds one of them holds all.
///
/// A round in which this thread itself came late says nothing about the loops: the machine, or the collector, held everybody.
final class LoopWatch implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(LoopWatch.class.getName());
  static final Duration ROUND = Duration.ofSeconds(1);

  /// By how much a round may be late and still count.
  private static final long LATE_NANOS_MAX = TimeUnit.MILLISECONDS.toNanos(250);

  private final List<Watched> loops = new ArrayList<>();
  private final Duration round;
  private final Thread thread;

  private LoopWatch(List<Executor> executors, Duration round) {
    executors.forEach(executor -> loops.add(new Watched(executor)));
    this.round = round;
    this.thread = Thread.ofPlatform().daemon().name("loop-watch").unstarted(this::watch);
  }

  static LoopWatch start(List<Executor> loops, Duration round) {
    LoopWatch watch = new LoopWatch(loops, round);
    watch.thread.start();
    return watch;
  }

  @Override
  public void close() {
    thread.interrupt();
  }

  private void watch() {
    try {
      while (true) {
        loops.forEach(Watched::ask);
        long asked = System.nanoTime();
        TimeUnit.NANOSECONDS.sleep(round.toNanos());
        long late = System.nanoTime() - asked - round.toNanos();
        if (late <= LATE_NANOS_MAX) {
          loops.forEach(Watched::judge);
        }
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    } catch (RejectedExecutionException loopsEnded) {
      // so does this
    }
  }

  /// One loop, and the question that it has not answered yet.
  private static final class Watched {
    private final Executor loop;
    private volatile @Nullable Thread thread;
    private volatile boolean answered = true;
    private long askedNanos;
    private boolean reported;

    Watched(Executor loop) {
      this.loop = loop;
    }

    void ask() {
      if (!answered) {
        return;
      }
      if (reported) {
        reported = false;
        LOG.log(System.Logger.Level.INFO, "event loop {0} comes round again", name());
      }
      answered = false;
      askedNanos = System.nanoTime();
      loop.execute(() -> {
        thread = Thread.currentThread();
        answered = true;
      });
    }

    void judge() {
      Thread stuck = thread;
      if (answered || reported || stuck == null) {
        return;
      }
      reported = true;
      LOG.log(
          System.Logger.Level.WARNING,
          "event loop {0} has not come round for {1} ms; it is at\n{2}",
          name(),
          Long.toString(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - askedNanos)),
          StopGuard.describe(stuck, stuck.getStackTrace()).stripTrailing());
    }

    private String name() {
      Thread known = thread;
      return known == null ? "" : known.getName();
    }
  }
}
