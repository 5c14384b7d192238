package dev.pintle.kube.cel;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import dev.pintle.kube.cel.Functions.Implementation;
import dev.pintle.kube.object.GoNumbers;
import dev.pintle.kube.object.GoText;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Moments and spans of time.
final class TimeFunctions {
  // The first and the last second of the years 1 to 9999.
  private static final long SECONDS_MIN = -62_135_596_800L;
  private static final long SECONDS_MAX = 253_402_300_799L;
  // The hour may be one digit, and the fraction may stand behind a comma.
  private static final Pattern RFC_3339 =
      Pattern.compile(
          "(\\d{4}-\\d\\d-\\d\\d)T(\\d\\d?):(\\d\\d:\\d\\d)(?:[.,](\\d+))?(?:Z|([+-])(\\d\\d):(\\d\\d))");
  private static final int FRACTION_DIGITS_MAX = 18;
  private static final int NANO_DIGITS = 9;
  private static final int OFFSET_HOURS_MAX = 24;
  private static final int OFFSET_MINUTES_MAX = 60;
  // Of the offsets that Java knows; larger ones move the moment and are told as none.
  private static final int OFFSET_SECONDS_MAX = 18 * 3600;

  /// The moment that counts as none at all.
  static final Instant FIRST = Instant.ofEpochSecond(SECONDS_MIN);

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

  // Names that only the tables of the system know, or that mean the server's own zone.
  private static final Map<String, String> ZONES =
      Map.of("", "UTC", "Local", "UTC", "EST", "-05:00", "MST", "-07:00", "HST", "-10:00");

  private TimeFunctions() {}

  static void addTo(Map<String, Implementation> functions) {
    for (String function : FUNCTIONS) {
      functions.put(function, (_, given) -> part(function, given));
    }
  }

  private static Value part(String function, Value[] given) {
    Value found =
        switch (given[0]) {
          case Value.TimestampValue(Instant instant, _) ->
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
        nanos = sound ? Math.subtractExact(nanos, nanos(text.substring(at, end), unit)) : 0;
        at = end + unit.length();
      }
      // Gathered below zero, where there is room for one more than above.
      nanos = text.startsWith("-") ? nanos : Math.negateExact(nanos);
    } catch (ArithmeticException _) {
      sound = false;
    }
    if (!sound) {
      throw new CelException("type conversion error from 'string' to 'google.protobuf.Duration'");
    }
    return new Value.DurationValue(Duration.ofNanos(nanos));
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
      Value.TimestampValue moment = moment(RFC_3339.matcher(text));
      if (moment != null && isInRange(moment.instant().getEpochSecond())) {
        return moment;
      }
    } catch (DateTimeException _) {
      // Told as any other text that is no moment.
    }
    throw new CelException("type conversion error from 'string' to 'google.protobuf.Timestamp'");
  }

  private static Value.@Nullable TimestampValue moment(Matcher text) {
    if (!text.matches()) {
      return null;
    }
    LocalTime second = LocalTime.parse("00:" + text.group(3));
    LocalDateTime local =
        LocalDate.parse(text.group(1))
            .atTime(second.withHour(Integer.parseInt(text.group(2))))
            .withNano(nano(text.group(4)));
    int offset = 0;
    if (text.group(5) != null) {
      int hours = Integer.parseInt(text.group(6));
      int minutes = Integer.parseInt(text.group(7));
      if (hours > OFFSET_HOURS_MAX || minutes > OFFSET_MINUTES_MAX) {
        return null;
      }
      offset = (hours * 60 + minutes) * (text.group(5).equals("-") ? -60 : 60);
    }
    Instant instant = local.toInstant(ZoneOffset.UTC).minusSeconds(offset);
    boolean known = Math.abs(offset) <= OFFSET_SECONDS_MAX;
    return new Value.TimestampValue(
        instant, known ? ZoneOffset.ofTotalSeconds(offset) : ZoneOffset.UTC);
  }

  /// Digits beyond nanoseconds do not count.
  private static int nano(@Nullable String fraction) {
    return fraction == null
        ? 0
        : Integer.parseInt((fraction + "000000000").substring(0, NANO_DIGITS));
  }

  /// As it was written, with the digits of the fraction that are needed.
  static String text(Value.TimestampValue moment) {
    String local =
        DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(moment.instant().atOffset(moment.written()));
    return local + moment.written().getId();
  }

  static Value timestamp(long seconds) {
    if (!isInRange(seconds)) {
      throw new CelException("timestamp overflow");
    }
    return new Value.TimestampValue(Instant.ofEpochSecond(seconds));
  }

  private static boolean isInRange(long seconds) {
    return seconds >= SECONDS_MIN && seconds <= SECONDS_MAX;
  }

  static Value plus(Value.TimestampValue moment, Duration span) {
    Instant moved = moment.instant().plus(span);
    if (!isInRange(moved.getEpochSecond())) {
      throw new CelException("timestamp overflow");
    }
    return new Value.TimestampValue(moved, moment.written());
  }

  /// A span of no more nanoseconds than 64 bits tell.
  static Value span(Duration span) {
    try {
      return new Value.DurationValue(Duration.ofNanos(span.toNanos()));
    } catch (ArithmeticException _) {
      throw new CelException("integer overflow");
    }
  }

  /// `getHours()` and its like; null when the function is none of them.
  private static @Nullable Value part(Instant instant, String function, String zone) {
    ZonedDateTime time = in(instant, zone);
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
      case "getHours" -> Value.of(span.toNanos() / 3_600_000_000_000L);
      case "getMinutes" -> Value.of(span.toNanos() / 60_000_000_000L);
      case "getSeconds" -> Value.of(span.toNanos() / 1_000_000_000L);
      case "getMilliseconds" -> Value.of(span.toNanos() / 1_000_000L);
      default -> null;
    };
  }

  /// A zone with a colon is a difference, however large and with or without a sign; others are names.
  private static ZonedDateTime in(Instant instant, String zone) {
    int colon = zone.indexOf(':');
    if (colon < 0) {
      return instant.atZone(named(zone));
    }
    long hours = number(zone.substring(0, colon));
    long minutes = number(zone.substring(colon + 1));
    long all = hours * 60 + (zone.startsWith("-") ? -minutes : minutes);
    try {
      return instant.plusSeconds(Math.multiplyExact(60, all)).atZone(ZoneOffset.UTC);
    } catch (ArithmeticException | DateTimeException _) {
      throw new CelException("unknown time zone " + zone);
    }
  }

  private static long number(String digits) {
    try {
      return GoNumbers.parseInt(digits);
    } catch (NumberFormatException _) {
      throw new CelException(
          "strconv.Atoi: parsing %s: invalid syntax".formatted(GoText.quote(digits)));
    }
  }

  private static ZoneId named(String name) {
    try {
      return ZoneId.of(ZONES.getOrDefault(name, name));
    } catch (DateTimeException _) {
      throw new CelException("unknown time zone " + name);
    }
  }
}
