package dev.pintle.kube.validation;

import dev.pintle.kube.object.GoNumbers;
import dev.pintle.kube.object.GoText;

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
