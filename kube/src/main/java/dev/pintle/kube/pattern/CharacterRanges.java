package dev.pintle.kube.pattern;

import java.util.Arrays;

/// A set of characters: ranges in order, none touching another, each as its first character and its last.
final class CharacterRanges {
  static final CharacterRanges DIGITS = of('0', '9');
  static final CharacterRanges WORD = of('0', '9', 'A', 'Z', '_', '_', 'a', 'z');
  static final CharacterRanges SPACE = of('\t', '\n', '\f', '\r', ' ', ' ');
  static final CharacterRanges LINE = of('\n', '\n').others();

  private final int[] ends;

  private CharacterRanges(int[] ends) {
    this.ends = ends;
  }

  /// @param ends the first and the last character of each range, in any order of ranges
  static CharacterRanges of(int... ends) {
    long[] ranges = new long[ends.length / 2];
    for (int i = 0; i < ranges.length; i++) {
      ranges[i] = (long) ends[2 * i] << 32 | ends[2 * i + 1];
    }
    Arrays.sort(ranges);
    int[] merged = new int[ends.length];
    int size = 0;
    for (long range : ranges) {
      int from = (int) (range >> 32);
      int to = (int) range;
      if (size > 0 && from <= merged[size - 1] + 1) {
        merged[size - 1] = Math.max(merged[size - 1], to);
      } else {
        merged[size++] = from;
        merged[size++] = to;
      }
    }
    return new CharacterRanges(Arrays.copyOf(merged, size));
  }

  CharacterRanges others() {
    int[] others = new int[ends.length + 2];
    int size = 0;
    int next = 0;
    for (int i = 0; i < ends.length; i += 2) {
      if (ends[i] > next) {
        others[size++] = next;
        others[size++] = ends[i] - 1;
      }
      next = ends[i + 1] + 1;
    }
    if (next <= Character.MAX_CODE_POINT) {
      others[size++] = next;
      others[size++] = Character.MAX_CODE_POINT;
    }
    return new CharacterRanges(Arrays.copyOf(others, size));
  }

  int size() {
    return ends.length / 2;
  }

  int first(int range) {
    return ends[2 * range];
  }

  int last(int range) {
    return ends[2 * range + 1];
  }
}
