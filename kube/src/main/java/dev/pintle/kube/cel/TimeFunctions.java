package dev.pintle.kube.cel;

import dev.pintle.kube.cel.Functions.Implementation;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Moments and spans of time.
final class TimeFunctions {
  // The first and the last second of the years 1 to 9999.
  private static final long SECONDS_MIN = -62_135_596_800L;
  private static final long SECONDS_MAX = 253_402_300_799L;
  private static final int FRACTION_DIGITS_MAX = 18;
  private static final List<String> FUNCTIONS =
      List.of(
          "getFullYear",
          "getMonth",
          "getDayOfYear",
          "getDayOfMonth",
          "getDate",
          "getDayOfWeek",
          "getHours",
          "getMinutes",
          "getSeconds",
          "getMilliseconds");
  // Longer ones first, where one begins like another.
  private static final List<String> UNITS = List.of("ns", "us", "µs", "μs", "ms", "s", "m", "h");
  private static final Map<String, Long> NANOS =
      Map.of(
          "ns", 1L,
          "us", 1_000L,
          "µs", 1_000L,
          "μs", 1_000L,
          "ms", 1_000_000L,
          "s", 1_000_000_000L,
          "m", 60_000_000_000L,
          "h", 3_600_000_000_000L);

  private TimeFunctions() {}

  static void addTo(Map<String, Implementation> functions) {
    for (String function : FUNCTIONS) {
      functions.put(function, (_, given) -> part(function, given));
    }
  }

  private static Value part(String function, Value[] given) {
    Value found =
        switch (given[0]) {
          case Value.TimestampValue(Instant instant) ->
              part(instant, function, given.length > 1 ? TextFunctions.text(given, 1) : "");
          case Value.DurationValue(Duration span) when given.length == 1 -> part(span, function);
          case Value.Sized _,
              Value.Numeric _,
              Value.Temporal _,
              Value.Plain _,
              Value.OptionalValue _ ->
              null;
        };
    if (found == null) {
      throw CelException.noOverload();
    }
    return found;
  }

  static Value duration(String text) {
    int from = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
    if (text.length() == from + 1 && text.charAt(from) == '0') {
      return new Value.DurationValue(Duration.ZERO);
    }
    long nanos = 0;
    boolean sound = from < text.length();
    try {
      for (int at = from; sound && at < text.length(); ) {
        int end = numberEnd(text, at);
        String unit = unit(text, end);
        sound = end > at && !unit.isEmpty() && !text.substring(at, end).equals(".");
        nanos = sound ? Math.addExact(nanos, nanos(text.substring(at, end), unit)) : 0;
        at = end + unit.length();
      }
    } catch (ArithmeticException _) {
      sound = false;
    }
    if (!sound) {
      throw new CelException("type conversion error from 'string' to 'google.protobuf.Duration'");
    }
    return new Value.DurationValue(Duration.ofNanos(text.startsWith("-") ? -nanos : nanos));
  }

  private static int numberEnd(String text, int from) {
    int at = from;
    boolean point = false;
    while (at < text.length() && (isDigit(text.charAt(at)) || (!point && text.charAt(at) == '.'))) {
      point |= text.charAt(at) == '.';
      at++;
    }
    return at;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static String unit(String text, int at) {
    for (String unit : UNITS) {
      if (text.startsWith(unit, at)) {
        return unit;
      }
    }
    return "";
  }

  /// Digits beyond what a number of nanoseconds can tell do not count.
  private static long nanos(String number, String unit) {
    int point = number.indexOf('.');
    String whole = point < 0 ? number : number.substring(0, point);
    String fraction = point < 0 ? "" : number.substring(point + 1);
    long scale = NANOS.getOrDefault(unit, 0L);
    long nanos = 0;
    for (int i = 0; i < whole.length(); i++) {
      nanos = Math.addExact(Math.multiplyExact(nanos, 10L), whole.charAt(i) - '0');
    }
    String digits = fraction.substring(0, Math.min(fraction.length(), FRACTION_DIGITS_MAX));
    BigDecimal rest =
        digits.isEmpty()
            ? BigDecimal.ZERO
            : new BigDecimal(new BigInteger(digits), digits.length());
    return Math.addExact(
        Math.multiplyExact(nanos, scale), rest.multiply(BigDecimal.valueOf(scale)).longValue());
  }

  static Value timestamp(String text) {
    try {
      return new Value.TimestampValue(OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException _) {
      throw new CelException("type conversion error from 'string' to 'google.protobuf.Timestamp'");
    }
  }

  static Value timestamp(long seconds) {
    if (seconds < SECONDS_MIN || seconds > SECONDS_MAX) {
      throw new CelException("timestamp overflow");
    }
    return new Value.TimestampValue(Instant.ofEpochSecond(seconds));
  }

  /// `getHours()` and its like; null when the function is none of them.
  private static @Nullable Value part(Instant instant, String function, String zone) {
    ZonedDateTime time = instant.atZone(zone(zone));
    return switch (function) {
      case "getFullYear" -> Value.of(time.getYear());
      case "getMonth" -> Value.of(time.getMonthValue() - 1);
      case "getDayOfYear" -> Value.of(time.getDayOfYear() - 1);
      case "getDayOfMonth" -> Value.of(time.getDayOfMonth() - 1);
      case "getDate" -> Value.of(time.getDayOfMonth());
      case "getDayOfWeek" -> Value.of(time.getDayOfWeek().getValue() % 7);
      case "getHours" -> Value.of(time.getHour());
      case "getMinutes" -> Value.of(time.getMinute());
      case "getSeconds" -> Value.of(time.getSecond());
      case "getMilliseconds" -> Value.of(time.getNano() / 1_000_000);
      default -> null;
    };
  }

  private static @Nullable Value part(Duration span, String function) {
    return switch (function) {
      case "getHours" -> Value.of(span.toHours());
      case "getMinutes" -> Value.of(span.toMinutes());
      case "getSeconds" -> Value.of(span.toSeconds());
      case "getMilliseconds" -> Value.of(span.toMillisPart());
      default -> null;
    };
  }

  private static ZoneId zone(String name) {
    try {
      return ZoneId.of(name.isEmpty() ? "UTC" : name);
    } catch (DateTimeException _) {
      throw new CelException("unknown time zone " + name);
    }
  }
}
