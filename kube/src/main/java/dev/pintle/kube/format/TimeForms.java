package dev.pintle.kube.format;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import dev.pintle.kube.object.DurationSyntax;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.function.IntPredicate;

/// The formats of dates, moments and durations.
public final class TimeForms {
  private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
  private static final int DATE_CHARS = 10;
  // Any character may stand before the fraction, as upstream has it.
  private static final Pattern CLOCK =
      Pattern.compile("([0-9]{2}):([0-9]{2}):([0-9]{2})(.[0-9]+)?(z|([+-][0-9]{2}:[0-9]{2}))");
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

  public static boolean isDate(String text) {
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

  public static boolean isDateTime(String text) {
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

  /// What Go reads as one, or a text in which whole numbers with units stand, whatever else does.
  public static boolean isDuration(String text) {
    if (DurationSyntax.isOne(text)) {
      return true;
    }
    boolean found = false;
    int at = end(text, 0, TimeForms::isNoDigit);
    while (at < text.length()) {
      int digitsEnd = end(text, at, TimeForms::isDigit);
      int wordAt = end(text, digitsEnd, TimeForms::isSpace);
      int wordEnd = end(text, wordAt, TimeForms::isUnitLetter);
      if (wordEnd > wordAt) {
        if (!isInt(text.substring(at, digitsEnd))) {
          return false;
        }
        found |= isUnit(text.substring(wordAt, wordEnd).toLowerCase(Locale.ROOT));
      }
      at = end(text, wordEnd, TimeForms::isNoDigit);
    }
    return found;
  }

  private static int end(String text, int from, IntPredicate wanted) {
    int at = from;
    while (at < text.length() && wanted.test(text.charAt(at))) {
      at++;
    }
    return at;
  }

  private static boolean isDigit(int character) {
    return character >= '0' && character <= '9';
  }

  private static boolean isNoDigit(int character) {
    return !isDigit(character);
  }

  private static boolean isSpace(int character) {
    return character == ' '
        || character == '\t'
        || character == '\n'
        || character == '\f'
        || character == '\r';
  }

  private static boolean isUnitLetter(int character) {
    return (character >= 'A' && character <= 'Z')
        || (character >= 'a' && character <= 'z')
        || character == 'µ';
  }

  private static boolean isInt(String digits) {
    try {
      Long.parseLong(digits);
      return true;
    } catch (NumberFormatException _) {
      return false;
    }
  }

  private static boolean isUnit(String word) {
    return UNITS.stream()
        .anyMatch(variants -> variants.contains(word) || word.startsWith(variants.getLast()));
  }
}
