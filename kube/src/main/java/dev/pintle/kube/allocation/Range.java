package dev.pintle.kube.allocation;

import java.util.OptionalLong;
import java.util.function.LongPredicate;
import java.util.random.RandomGenerator;

/// A range of numbers to allocate from. The first few are left to those who ask for a number of their own, as long as there
/// are others.
///
/// @param first the least number that may be given
/// @param last the greatest
/// @param asked how many at the start are left to those who ask
record Range(long first, long last, int asked) {

  boolean contains(long number) {
    return number >= first && number <= last;
  }

  String text() {
    return first + "-" + last;
  }

  /// A number that is free, from a place of chance on, so that those who choose at once seldom choose the same; nothing when none is.
  OptionalLong choose(LongPredicate taken, RandomGenerator random) {
    OptionalLong free = firstFree(first + asked, last, taken, random);
    return free.isPresent() ? free : firstFree(first, first + asked - 1, taken, random);
  }

  private static OptionalLong firstFree(
      long from, long to, LongPredicate taken, RandomGenerator random) {
    long size = to - from + 1;
    if (size <= 0) {
      return OptionalLong.empty();
    }
    long start = random.nextLong(size);
    for (long i = 0; i < size; i++) {
      long number = from + (start + i) % size;
      if (!taken.test(number)) {
        return OptionalLong.of(number);
      }
    }
    return OptionalLong.empty();
  }
}
