package dev.pintle.kube.cel;

import java.util.Arrays;

/// The order in which upstream leaves items when it sorts them: that of a quicksort that looks for patterns (Peters, 2021). It keeps
/// no order among items of which neither is before the other, so that only the same steps lead to the same order.
final class PatternSort {
  private static final int INSERTED_MAX = 12;
  private static final int ADJACENT_FROM = 50;
  private static final int SHIFTED_FROM = 50;
  private static final int SHIFTS_MAX = 5;
  private static final int SCATTERED_FROM = 8;
  private static final int UNBALANCED = 8;
  // Of three medians of three each, and the median of those.
  private static final int EXCHANGES_MAX = 12;

  private final int[] order;
  private final Before before;
  private int exchanges;

  private PatternSort(int size, Before before) {
    this.order = new int[size];
    this.before = before;
    Arrays.setAll(order, position -> position);
  }

  /// The question whether one item is before another, by their positions.
  @FunctionalInterface
  interface Before {
    boolean test(int one, int other);
  }

  /// The positions of the items in their new order.
  static int[] order(int size, Before before) {
    PatternSort sort = new PatternSort(size, before);
    sort.sort(0, size, Integer.SIZE - Integer.numberOfLeadingZeros(size));
    return sort.order;
  }

  private boolean less(int one, int other) {
    return before.test(order[one], order[other]);
  }

  private void swap(int one, int other) {
    int kept = order[one];
    order[one] = order[other];
    order[other] = kept;
  }

  /// @param patience how many bad pivots are let be before the rest is sorted by a heap
  private void sort(int start, int end, int patience) {
    int from = start;
    int to = end;
    int left = patience;
    boolean balanced = true;
    boolean parted = true;
    while (to - from > INSERTED_MAX) {
      if (left == 0) {
        heap(from, to);
        return;
      }
      if (!balanced) {
        scatter(from, to);
        left--;
      }
      int pivot = pivot(from, to);
      boolean rising = exchanges == 0;
      if (exchanges == EXCHANGES_MAX) {
        reverse(from, to);
        pivot = to - 1 - (pivot - from);
        rising = true;
      }
      if (balanced && parted && rising && nearlySorted(from, to)) {
        return;
      }
      if (from > 0 && !less(from - 1, pivot)) {
        from = partEqual(from, to, pivot);
        continue;
      }
      int middle = part(from, to, pivot);
      parted = middle >= 0;
      middle = parted ? middle : ~middle;
      int enough = (to - from) / UNBALANCED;
      balanced = Math.min(middle - from, to - middle) >= enough;
      if (middle - from < to - middle) {
        sort(from, middle, left);
        from = middle + 1;
      } else {
        sort(middle + 1, to, left);
        to = middle;
      }
    }
    insert(from, to);
  }

  private void insert(int from, int to) {
    for (int i = from + 1; i < to; i++) {
      for (int at = i; at > from && less(at, at - 1); at--) {
        swap(at, at - 1);
      }
    }
  }

  private void heap(int from, int to) {
    int size = to - from;
    for (int i = (size - 1) / 2; i >= 0; i--) {
      sink(from, i, size);
    }
    for (int i = size - 1; i >= 0; i--) {
      swap(from, from + i);
      sink(from, 0, i);
    }
  }

  private void sink(int from, int root, int size) {
    int at = root;
    for (int child = 2 * at + 1; child < size; child = 2 * at + 1) {
      boolean second = child + 1 < size && less(from + child, from + child + 1);
      int larger = second ? child + 1 : child;
      if (!less(from + at, from + larger)) {
        return;
      }
      swap(from + at, from + larger);
      at = larger;
    }
  }

  /// Where what is not before the pivot begins; its complement where anything had to be moved for it.
  private int part(int from, int to, int pivot) {
    swap(from, pivot);
    int low = from + 1;
    int high = to - 1;
    boolean moved = false;
    while (true) {
      while (low <= high && less(low, from)) {
        low++;
      }
      while (low <= high && !less(high, from)) {
        high--;
      }
      if (low > high) {
        swap(high, from);
        return moved ? ~high : high;
      }
      swap(low++, high--);
      moved = true;
    }
  }

  /// Where what is behind the pivot begins; nothing is before it.
  private int partEqual(int from, int to, int pivot) {
    swap(from, pivot);
    int low = from + 1;
    int high = to - 1;
    while (true) {
      while (low <= high && !less(from, low)) {
        low++;
      }
      while (low <= high && less(from, high)) {
        high--;
      }
      if (low > high) {
        return low;
      }
      swap(low++, high--);
    }
  }

  /// Sorts what is in order but for a few; answers whether it was.
  private boolean nearlySorted(int from, int to) {
    int at = from + 1;
    for (int shifts = 0; shifts < SHIFTS_MAX; shifts++) {
      while (at < to && !less(at, at - 1)) {
        at++;
      }
      if (at == to) {
        return true;
      }
      if (to - from < SHIFTED_FROM) {
        return false;
      }
      swap(at, at - 1);
      for (int down = at - 1; at - from >= 2 && down >= 1 && less(down, down - 1); down--) {
        swap(down, down - 1);
      }
      for (int up = at + 1; to - at >= 2 && up < to && less(up, up - 1); up++) {
        swap(up, up - 1);
      }
    }
    return false;
  }

  private void scatter(int from, int to) {
    int size = to - from;
    if (size < SCATTERED_FROM) {
      return;
    }
    long chance = size;
    long mask = (1L << (Integer.SIZE - Integer.numberOfLeadingZeros(size))) - 1;
    int middle = from + size / 4 * 2;
    for (int i = middle - 1; i <= middle + 1; i++) {
      chance ^= chance << 13;
      chance ^= chance >>> 7;
      chance ^= chance << 17;
      int other = (int) (chance & mask);
      swap(i, from + (other >= size ? other - size : other));
    }
  }

  /// Chooses a pivot, and counts how often two that were looked at were not in order.
  private int pivot(int from, int to) {
    exchanges = 0;
    int quarter = (to - from) / 4;
    int one = from + quarter;
    int two = from + quarter * 2;
    int three = from + quarter * 3;
    if (to - from >= ADJACENT_FROM) {
      one = median(one - 1, one, one + 1);
      two = median(two - 1, two, two + 1);
      three = median(three - 1, three, three + 1);
    }
    return median(one, two, three);
  }

  private int median(int one, int two, int three) {
    boolean first = counted(two, one);
    int low = first ? two : one;
    int middle = first ? one : two;
    middle = counted(three, middle) ? three : middle;
    return counted(middle, low) ? low : middle;
  }

  private boolean counted(int one, int other) {
    boolean less = less(one, other);
    exchanges += less ? 1 : 0;
    return less;
  }

  private void reverse(int from, int to) {
    for (int low = from, high = to - 1; low < high; low++, high--) {
      swap(low, high);
    }
  }
}
