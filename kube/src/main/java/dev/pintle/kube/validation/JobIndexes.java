package dev.pintle.kube.validation;

import dev.pintle.kube.object.GoNumbers;
import dev.pintle.kube.object.GoText;
import java.util.ArrayList;
import java.util.List;

/// The indexes of a job's pods: `1,3-5,7`.
///
/// @param count how many there are
/// @param complaint what is wrong with the text, empty when nothing is
record JobIndexes(long count, String complaint) {

  static JobIndexes parse(String text, long completions) {
    if (text.isEmpty()) {
      return new JobIndexes(0, "");
    }
    long total = 0;
    long last = -1;
    for (String interval : text.split(",", -1)) {
      String[] limits = interval.split("-", -1);
      if (limits.length > 2) {
        return wrong(
            "the fragment %s violates the requirement that an index interval can have at most two parts separated by '-'"
                .formatted(GoText.quote(interval)));
      }
      long[] ends = new long[limits.length];
      for (int i = 0; i < limits.length; i++) {
        ends[i] = number(limits[i]);
        if (ends[i] < 0) {
          return wrong("cannot convert string to integer for index: " + GoText.quote(limits[i]));
        }
        if (ends[i] >= completions) {
          return wrong("too large index: " + GoText.quote(limits[i]));
        }
      }
      if (limits.length == 2 && ends[0] >= ends[1]) {
        return wrong("non-increasing order, previous: %d, current: %d".formatted(ends[0], ends[1]));
      }
      if (last >= ends[0]) {
        return wrong("non-increasing order, previous: %d, current: %d".formatted(last, ends[0]));
      }
      last = ends[ends.length - 1];
      total += last - ends[0] + 1;
    }
    return new JobIndexes(total, "");
  }

  /// One interval, both ends in it.
  private record Interval(long from, long to) {}

  /// What is wrong where an index is in both texts, empty when none is. Intervals that cannot be read are passed over: another rule
  /// tells of them.
  static String overlap(String completed, String failed, long completions) {
    List<Interval> ended = readable(completed, completions);
    List<Interval> broken = readable(failed, completions);
    int one = 0;
    int other = 0;
    while (one < ended.size() && other < broken.size()) {
      Interval done = ended.get(one);
      Interval gone = broken.get(other);
      if (done.from() <= gone.to() && gone.from() <= done.to()) {
        return "failedIndexes and completedIndexes overlap at index: "
            + Math.max(done.from(), gone.from());
      }
      if (done.from() <= gone.from()) {
        one++;
      } else {
        other++;
      }
    }
    return "";
  }

  private static List<Interval> readable(String text, long completions) {
    List<Interval> intervals = new ArrayList<>();
    if (text.isEmpty()) {
      return intervals;
    }
    for (String interval : text.split(",", -1)) {
      String[] limits = interval.split("-", -1);
      long from = number(limits[0]);
      long to = limits.length == 2 ? number(limits[1]) : from;
      boolean ordered = limits.length == 1 || from < to;
      if (limits.length <= 2 && from >= 0 && to >= 0 && to < completions && ordered) {
        intervals.add(new Interval(from, to));
      }
    }
    return intervals;
  }

  private static JobIndexes wrong(String complaint) {
    return new JobIndexes(0, complaint);
  }

  private static long number(String text) {
    try {
      return GoNumbers.parseInt(text);
    } catch (NumberFormatException notANumber) {
      return -1;
    }
  }
}
