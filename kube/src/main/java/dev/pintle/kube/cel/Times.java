package dev.pintle.kube.cel;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Moments and spans of time.
final class Times {
  private static final Pattern PART =
      Pattern.compile("(\\d+(?:\\.\\d*)?|\\.\\d+)(ns|us|µs|ms|s|m|h)");
  private static final Map<String, Long> NANOS =
      Map.of(
          "ns", 1L,
          "us", 1_000L,
          "µs", 1_000L,
          "ms", 1_000_000L,
          "s", 1_000_000_000L,
          "m", 60_000_000_000L,
          "h", 3_600_000_000_000L);

  private Times() {}

  static Value duration(String text) {
    String unsigned = text.startsWith("-") || text.startsWith("+") ? text.substring(1) : text;
    Matcher parts = PART.matcher(unsigned);
    BigDecimal nanos = BigDecimal.ZERO;
    int end = 0;
    while (parts.lookingAt()) {
      long unit = NANOS.getOrDefault(parts.group(2), 0L);
      nanos = nanos.add(new BigDecimal(parts.group(1)).multiply(BigDecimal.valueOf(unit)));
      end += parts.end();
      parts = PART.matcher(unsigned.substring(end));
    }
    if (end != unsigned.length() || (end == 0 && !unsigned.equals("0"))) {
      throw new CelException("invalid duration string: '%s'".formatted(text));
    }
    return new Value.Span(
        Duration.ofNanos(text.startsWith("-") ? -nanos.longValue() : nanos.longValue()));
  }

  static Value timestamp(String text) {
    try {
      return new Value.Moment(OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException _) {
      throw new CelException("invalid timestamp: '%s'".formatted(text));
    }
  }

  /// `getHours()` and its like; null when the function is none of them.
  static @Nullable Value part(Instant instant, String function, String zone) {
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

  static @Nullable Value part(Duration span, String function) {
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
