package dev.pintle.kube.instance;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;

/// The formats of dates, moments and durations.
final class TimeForms {
  private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
  private static final int DATE_CHARS = 10;
  // Any character may stand before the fraction, as upstream has it.
  private static final Pattern CLOCK =
      Pattern.compile("([0-9]{2}):([0-9]{2}):([0-9]{2})(.[0-9]+)?(z|([+-][0-9]{2}:[0-9]{2}))");
  private static final Pattern GO_DURATION =
      Pattern.compile("[-+]?(0|((\\d+(\\.\\d*)?|\\.\\d+)(ns|us|µs|μs|ms|s|m|h))+)");
  private static final Pattern SCALA_DURATION = Pattern.compile("(\\d+)\\s*([A-Za-zµ]+)");
  // The last variant of each row may be followed by anything: `minutes` is a `min`.
  private static final List<List<String>> UNITS =
      List.of(
          List.of("ns", "nano"),
          List.of("us", "µs", "micro"),
          List.of("ms", "milli"),
          List.of("s", "sec"),
          List.of("m", "min"),
          List.of("h", "hr", "hour"),
          List.of("d", "day"),
          List.of("w", "wk", "week"));

  private TimeForms() {}

  static boolean isDate(String text) {
    if (text.length() != DATE_CHARS || !DATE.matcher(text).matches()) {
      return false;
    }
    try {
      LocalDate.parse(text);
      return true;
    } catch (DateTimeException _) {
      return false;
    }
  }

  static boolean isDateTime(String text) {
    String[] parts = text.toLowerCase(Locale.ROOT).split("t", 3);
    if (parts.length < 2 || !isDate(parts[0])) {
      return false;
    }
    Matcher clock = CLOCK.matcher(parts[1]);
    return clock.matches()
        && clock.group(1).compareTo("23") <= 0
        && clock.group(2).compareTo("59") <= 0
        && clock.group(3).compareTo("59") <= 0;
  }

  static boolean isDuration(String text) {
    if (GO_DURATION.matcher(text).matches()) {
      return true;
    }
    boolean found = false;
    Matcher parts = SCALA_DURATION.matcher(text);
    while (parts.find()) {
      found |= isUnit(parts.group(2).toLowerCase(Locale.ROOT));
    }
    return found;
  }

  private static boolean isUnit(String word) {
    return UNITS.stream()
        .anyMatch(variants -> variants.contains(word) || word.startsWith(variants.getLast()));
  }
}
