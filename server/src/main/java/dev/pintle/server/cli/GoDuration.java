package dev.pintle.server.cli;

import dev.pintle.server.failure.StartException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A time as the flags of Go programs write it: `300ms`, `1h30m`, `-1.5h`; and what Go says of one that it cannot read.
final class GoDuration {
  private static final Pattern PART = Pattern.compile("(\\d*)(\\.?)(\\d*)([^\\d.]*)");
  private static final Map<String, Long> NANOS =
      Map.of(
          "ns", 1L,
          "us", 1_000L,
          "\u00b5s", 1_000L,
          "\u03bcs", 1_000L,
          "ms", 1_000_000L,
          "s", 1_000_000_000L,
          "m", 60_000_000_000L,
          "h", 3_600_000_000_000L);

  /// 2⁶³
  private static final BigDecimal WHOLE_MAX =
      BigDecimal.valueOf(Long.MAX_VALUE).add(BigDecimal.ONE);

  private static final BigDecimal MINUTE = BigDecimal.valueOf(60_000_000_000L);

  private GoDuration() {}

  /// The time that a flag gives, which is not negative.
  ///
  /// @param expected what the flag takes, for who gave something else
  static Duration ofFlag(Flags flags, String name, Duration otherwise, String expected)
      throws StartException {
    String text = flags.value(name).orElse(text(otherwise));
    Duration time;
    try {
      time = parse(text);
    } catch (IllegalArgumentException bad) {
      throw flags.refusal(
          "invalid argument %s for \"--%s\" flag: %s"
              .formatted(quoted(text), name, bad.getMessage()));
    }
    if (time.isNegative()) {
      throw flags.refusal("--%s: %s (expected: %s)".formatted(name, text, expected));
    }
    return time;
  }

  /// @throws IllegalArgumentException in Go's words
  static Duration parse(String text) {
    boolean negative = text.startsWith("-");
    String unsigned = negative || text.startsWith("+") ? text.substring(1) : text;
    if (unsigned.equals("0")) {
      return Duration.ZERO;
    }
    BigDecimal nanos = nanos(unsigned, text);
    BigDecimal signed = negative ? nanos.negate() : nanos;
    if (signed.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0
        || signed.compareTo(BigDecimal.valueOf(Long.MIN_VALUE)) < 0) {
      throw invalid(text);
    }
    return Duration.ofNanos(signed.longValueExact());
  }

  private static BigDecimal nanos(String unsigned, String whole) {
    if (unsigned.isEmpty()) {
      throw invalid(whole);
    }
    BigDecimal sum = BigDecimal.ZERO;
    Matcher part = PART.matcher(unsigned);
    int at = 0;
    while (at < unsigned.length()) {
      part.region(at, unsigned.length());
      if (!part.lookingAt() || (part.group(1).isEmpty() && part.group(3).isEmpty())) {
        throw invalid(whole);
      }
      sum = sum.add(nanos(part, whole));
      at = part.end();
    }
    return sum;
  }

  private static BigDecimal nanos(Matcher part, String whole) {
    // Go reads the whole number before it looks for the unit
    if (new BigDecimal("0" + part.group(1)).compareTo(WHOLE_MAX) > 0) {
      throw invalid(whole);
    }
    String unit = part.group(4);
    if (unit.isEmpty()) {
      throw new IllegalArgumentException(
          "time: missing unit in duration %s".formatted(quoted(whole)));
    }
    Long nanos = NANOS.get(unit);
    if (nanos == null) {
      throw new IllegalArgumentException(
          "time: unknown unit %s in duration %s".formatted(quoted(unit), quoted(whole)));
    }
    BigDecimal number = new BigDecimal("0" + part.group(1) + "." + part.group(3) + "0");
    return number.multiply(BigDecimal.valueOf(nanos)).setScale(0, RoundingMode.DOWN);
  }

  private static IllegalArgumentException invalid(String text) {
    return new IllegalArgumentException("time: invalid duration %s".formatted(quoted(text)));
  }

  /// As Go prints it: `1h30m0s`, `1.5s`, `100ms`.
  static String text(Duration time) {
    BigDecimal all = BigDecimal.valueOf(time.toNanos());
    return all.signum() < 0 ? "-" + unsigned(all.negate()) : unsigned(all);
  }

  private static String unsigned(BigDecimal nanos) {
    if (nanos.signum() == 0) {
      return "0s";
    }
    for (String unit : List.of("ns", "\u00b5s", "ms")) {
      BigDecimal scale = BigDecimal.valueOf(NANOS.getOrDefault(unit, 1L));
      if (nanos.compareTo(scale.movePointRight(3)) < 0) {
        return plain(nanos.divide(scale)) + unit;
      }
    }
    BigDecimal[] minutes = nanos.divideAndRemainder(MINUTE);
    String seconds = plain(minutes[1].movePointLeft(9)) + "s";
    if (minutes[0].signum() == 0) {
      return seconds;
    }
    BigDecimal[] hours = minutes[0].divideAndRemainder(BigDecimal.valueOf(60));
    String behind = plain(hours[1]) + "m" + seconds;
    return hours[0].signum() == 0 ? behind : plain(hours[0]) + "h" + behind;
  }

  private static String plain(BigDecimal number) {
    return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
  }

  static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
