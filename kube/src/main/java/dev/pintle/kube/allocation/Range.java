package dev.pintle.kube.allocation;

import java.util.OptionalLong;
import java.util.Set;
import java.util.random.RandomGenerator;

/// Numbers to choose from. The first few are left to those who ask for a number of their own as long as there are others.
///
/// @param first the least number that may be given
/// @param last the greatest
/// @param asked how many at the start are left to those who ask
record Range(long first, long last, int asked) {
  private static final int TRIES = 32;

  boolean contains(long number) {
    return number >= first && number <= last;
  }

  /// A number that is not taken; nothing when all are.
  OptionalLong choose(Set<Long> taken, RandomGenerator random) {
    long start = first + asked;
    for (int i = 0; i < TRIES; i++) {
      long number = start + random.nextLong(last - start + 1);
      if (!taken.contains(number)) {
        return OptionalLong.of(number);
      }
    }
    OptionalLong free = firstFree(start, last, taken);
    return free.isPresent() ? free : firstFree(first, start - 1, taken);
  }

  private static OptionalLong firstFree(long from, long to, Set<Long> taken) {
    for (long number = from; number <= to; number++) {
      if (!taken.contains(number)) {
        return OptionalLong.of(number);
      }
    }
    return OptionalLong.empty();
  }
}
