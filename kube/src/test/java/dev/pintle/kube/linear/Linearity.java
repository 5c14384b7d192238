package dev.pintle.kube.linear;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Whatever a client sends, working on it takes time in its length: twice the length, at most two and a half times the time.
///
/// Times are the processor's of one thread, the least of several. What takes no time is looked at again at four times the size,
/// where a square could not hide. A pair that looks worse says little: the larger one may be the first that leaves the processor's
/// cache or fills a region of the heap. So the growth over five doublings counts, and that of the last of them: a step shows in
/// one of both, a square in both. What is through with more than the largest body in a moment has nothing left to grow into: there
/// the ratio would only tell how the processor's cache is shared with its neighbours. Nor does any input become thousands of times
/// as much in memory.
///
/// One class for each kind of input, so that several JVMs share them.
///
/// What a megabyte takes is in [LinearTable], which `./pintle bench linear` prints.
abstract class Linearity {
  private static final int BYTES = 16 * 1024;
  private static final double RATIO_MAX = 2.5;

  /// Below this, the clock and the compiler are what is measured.
  private static final long NANOS_MEASURABLE = 4_000_000;

  /// What takes no time at this size is looked at no further; a square would have shown.
  private static final int BYTES_LOOKED_FOR = 512 * 1024;

  private static final int DOUBLINGS = 5;

  /// No body is longer than 3 MiB, and what is much longer does not fit the processor's cache.
  private static final int BYTES_MAX = 4 * 1024 * 1024;

  /// A moment, for the largest input: half of the 200 ms that a megabyte may take.
  private static final long NANOS_MOMENT = 400_000_000;

  private static final int BYTES_OF_MEMORY = 256 * 1024;

  /// Bytes that may be made for each byte that is read.
  private static final int ALLOCATED_MAX = 1_500;

  private static final int SHOWN = 12;

  private static final List<Seen> SEEN = new ArrayList<>();

  private record Seen(String name, int bytes, long nanos, double ratio) {
    double nanosPerByte() {
      return (double) nanos / bytes;
    }

    boolean isLinear() {
      return ratio <= RATIO_MAX || (bytes >= BYTES_MAX && nanos <= NANOS_MOMENT);
    }
  }

  /// The work that is judged, by its name.
  abstract Map<String, IntFunction<Cost.Work>> cases();

  @TestFactory
  Stream<DynamicTest> twiceTheInputTakesTwiceTheTime() {
    return cases().entrySet().stream()
        .map(one ->
            DynamicTest.dynamicTest(one.getKey(), () -> check(one.getKey(), one.getValue())));
  }

  private static void check(String name, IntFunction<Cost.Work> work) {
    int bytes = BYTES;
    Cost.nanos(work, bytes / 4);
    Seen seen = measured(name, work, bytes);
    while (seen.nanos() < NANOS_MEASURABLE && bytes < BYTES_LOOKED_FOR) {
      bytes *= 4;
      seen = measured(name, work, bytes);
    }
    if (seen.ratio() > RATIO_MAX) {
      seen = measuredOverDoublings(name, work, bytes);
    }
    if (!seen.isLinear() && seen.bytes() < BYTES_MAX) {
      seen = measuredOverDoublings(name, work, BYTES_MAX);
    }
    SEEN.add(seen);
    if (!seen.isLinear()) {
      System.out.println("not linear: " + seen);
    }
    assertThat(Cost.allocated(work.apply(BYTES_OF_MEMORY)) / BYTES_OF_MEMORY)
        .as("bytes made for each byte of %s", name)
        .isLessThanOrEqualTo(ALLOCATED_MAX);
    assertThat(seen.isLinear()).as("%s", seen).isTrue();
  }

  private static Seen measured(String name, IntFunction<Cost.Work> work, int bytes) {
    long one = Cost.nanos(work, bytes);
    long two = Cost.nanos(work, 2 * bytes);
    double ratio = two < NANOS_MEASURABLE ? 2 : growth(one, two);
    return new Seen(name, 2 * bytes, two, ratio);
  }

  private static Seen measuredOverDoublings(
      String name, IntFunction<Cost.Work> work, int bytesSeen) {
    int bytes = Math.min(bytesSeen, BYTES_MAX >> DOUBLINGS);
    long[] least =
        Cost.nanosInTurns(
            work,
            times -> overDoublings(name, bytes, times).isLinear(),
            bytes,
            bytes << (DOUBLINGS - 1),
            bytes << DOUBLINGS);
    return overDoublings(name, bytes, least);
  }

  private static Seen overDoublings(String name, int bytes, long[] least) {
    long first = least[0];
    long half = least[1];
    long last = least[2];
    double each = Math.pow(growth(first, last), 1.0 / DOUBLINGS);
    return new Seen(name, bytes << DOUBLINGS, last, Math.min(each, growth(half, last)));
  }

  private static double growth(long from, long to) {
    return (double) to / Math.max(from, NANOS_MEASURABLE / 2);
  }

  @AfterAll
  static void showTheWorst() {
    SEEN.sort(Comparator.comparingDouble(Seen::nanosPerByte).reversed());
    for (Seen seen : SEEN.subList(0, Math.min(SHOWN, SEEN.size()))) {
      System.out.printf(
          "%-44s %,9d bytes %7.1f ms, %.2f times the half; 1 MiB about %.0f ms%n",
          seen.name(),
          seen.bytes(),
          seen.nanos() / 1e6,
          seen.ratio(),
          seen.nanosPerByte() * 1_048_576 / 1e6);
    }
    SEEN.clear();
  }
}
