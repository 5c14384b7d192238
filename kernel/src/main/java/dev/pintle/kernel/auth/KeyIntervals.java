package dev.pintle.kernel.auth;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.keyspace.KeyRange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A set of keys as intervals that neither overlap nor touch, in their order.
final class KeyIntervals {
  static final KeyIntervals NONE = new KeyIntervals(new KeyRange[0]);

  private final KeyRange[] intervals;

  private KeyIntervals(KeyRange[] intervals) {
    this.intervals = intervals;
  }

  /// The union of `ranges`, in any order.
  static KeyIntervals of(List<KeyRange> ranges) {
    if (ranges.isEmpty()) {
      return NONE;
    }
    List<KeyRange> sorted = new ArrayList<>(ranges);
    sorted.sort(Comparator.comparing(KeyRange::from));
    List<KeyRange> merged = new ArrayList<>();
    KeyRange last = sorted.getFirst();
    for (KeyRange next : sorted) {
      Bytes end = last.to();
      if (end != null && end.compareTo(next.from()) < 0) {
        merged.add(last);
        last = next;
      } else if (isBeyond(next, end)) {
        last = new KeyRange(last.from(), next.to());
      }
    }
    merged.add(last);
    return new KeyIntervals(merged.toArray(KeyRange[]::new));
  }

  private static boolean isBeyond(KeyRange range, @Nullable Bytes end) {
    Bytes to = range.to();
    return end != null && (to == null || to.compareTo(end) > 0);
  }

  /// The interval that holds `key`, or null.
  @Nullable KeyRange holding(Bytes key) {
    int low = 0;
    int high = intervals.length - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      KeyRange candidate = intervals[middle];
      Bytes end = candidate.to();
      if (candidate.from().compareTo(key) > 0) {
        high = middle - 1;
      } else if (end != null && end.compareTo(key) <= 0) {
        low = middle + 1;
      } else {
        return candidate;
      }
    }
    return null;
  }
}
