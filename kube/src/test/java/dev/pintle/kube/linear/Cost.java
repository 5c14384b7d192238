package dev.pintle.kube.linear;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.function.IntFunction;
import java.util.function.Predicate;

/// The processor time that something takes for its input's size: the least of several runs on this thread, which other
/// threads and the collector disturb least.
final class Cost {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final com.sun.management.ThreadMXBean MEMORY =
      (com.sun.management.ThreadMXBean) THREADS;
  private static final int RUNS = 5;
  private static final int TURNS = 3;
  private static final int TURNS_OF_CARE = 15;
  private static final long NANOS_ENOUGH = 12_000_000;

  private Cost() {}

  /// Takes what was computed, so that it is.
  static void keep(long value) {
    if (value == Long.MIN_VALUE) {
      System.out.println("the least of all numbers");
    }
  }

  /// The work that is done with an input.
  @FunctionalInterface
  interface Work {
    void run();
  }

  /// The time for an input of `bytes`, which is made before each run and not counted.
  static long nanos(IntFunction<Work> work, int bytes) {
    long least = Long.MAX_VALUE;
    long spent = 0;
    for (int i = 0; i < RUNS && (i < 2 || spent < NANOS_ENOUGH); i++) {
      long took = once(work.apply(bytes));
      least = Math.min(least, took);
      spent += took;
    }
    return least;
  }

  /// The same for several sizes, of more runs, of which some fall between a collection and the next. The sizes take turns: when
  /// the machine is slower for a while, it is for all of them. Large inputs take seconds, so no turn is taken that is not needed.
  ///
  /// @param enough whether these times, of each size, say what was to be known
  static long[] nanosInTurns(IntFunction<Work> work, Predicate<long[]> enough, int... sizes) {
    long[] least = new long[sizes.length];
    Arrays.fill(least, Long.MAX_VALUE);
    for (int turn = 0; turn < TURNS_OF_CARE && (turn < TURNS || !enough.test(least)); turn++) {
      for (int i = 0; i < sizes.length; i++) {
        least[i] = Math.min(least[i], once(work.apply(sizes[i])));
      }
    }
    return least;
  }

  /// The time for one input, once.
  static long once(Work input) {
    long start = THREADS.getCurrentThreadCpuTime();
    input.run();
    return THREADS.getCurrentThreadCpuTime() - start;
  }

  /// The bytes that this thread makes for an input.
  static long allocated(Work input) {
    long before = MEMORY.getCurrentThreadAllocatedBytes();
    input.run();
    return MEMORY.getCurrentThreadAllocatedBytes() - before;
  }
}
