package dev.pintle.kube.table;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// The form of durations in few characters: the coarser the longer.
final class HumanDuration {
  private static final int DAYS_PER_YEAR = 365;

  private HumanDuration() {}

  static String since(Optional<Instant> time, Instant now) {
    return time.map(there -> human(Duration.between(there, now))).orElse(NestedFields.UNKNOWN);
  }

  /// Up to a second in the future is now: the clocks of two machines differ.
  static String human(Duration duration) {
    long seconds = duration.toSeconds();
    if (seconds < -1) {
      return "<invalid>";
    }
    if (seconds < 0) {
      return "0s";
    }
    return seconds < 120 ? seconds + "s" : fromMinutes(seconds);
  }

  private static String fromMinutes(long seconds) {
    long minutes = seconds / 60;
    if (minutes < 10) {
      return two(minutes, "m", seconds % 60, "s");
    }
    return minutes < 180 ? minutes + "m" : fromHours(minutes);
  }

  private static String fromHours(long minutes) {
    long hours = minutes / 60;
    if (hours < 8) {
      return two(hours, "h", minutes % 60, "m");
    }
    return hours < 48 ? hours + "h" : fromDays(hours);
  }

  private static String fromDays(long hours) {
    long days = hours / 24;
    if (days < 8) {
      return two(days, "d", hours % 24, "h");
    }
    if (days < 2 * DAYS_PER_YEAR) {
      return days + "d";
    }
    long years = days / DAYS_PER_YEAR;
    return years < 8 ? two(years, "y", days % DAYS_PER_YEAR, "d") : years + "y";
  }

  private static String two(long large, String largeUnit, long small, String smallUnit) {
    return small == 0 ? large + largeUnit : large + largeUnit + small + smallUnit;
  }
}
