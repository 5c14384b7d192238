package dev.pintle.server.cli;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
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

  private GoDuration() {}

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

  static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
