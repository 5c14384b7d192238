package dev.pintle.kube.object;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/// The syntax of a duration as Go's `time.ParseDuration` reads it: a sign, then numbers with units, such as `1h15m30.918s`. Each character is
/// looked at once.
public final class DurationSyntax {
  private static final Map<String, Long> UNITS =
      Map.of(
          "ns", 1L,
          "us", 1_000L,
          "µs", 1_000L, // U+00B5, the micro sign
          "μs", 1_000L, // U+03BC, the Greek letter
          "ms", 1_000_000L,
          "s", 1_000_000_000L,
          "m", 60_000_000_000L,
          "h", 3_600_000_000_000L);

  private static final int UNIT_CHARACTERS_MAX = 2;

  /// Without a sign, read as one more than the largest of the language.
  private static final long LIMIT = Long.MIN_VALUE;

  private final String text;
  private int at;
  private long nanos;

  private DurationSyntax(String text) {
    this.text = text;
  }

  private static final class Malformed extends RuntimeException {
    Malformed(String message) {
      super(message, null, false, false);
    }
  }

  public static boolean isOne(String text) {
    return complaint(text).isEmpty();
  }

  /// Why Go does not read a text as a duration; empty when it does.
  public static String complaint(String text) {
    try {
      new DurationSyntax(text).whole();
      return "";
    } catch (Malformed malformed) {
      return String.valueOf(malformed.getMessage());
    }
  }

  /// How many nanoseconds a text means.
  ///
  /// @throws IllegalArgumentException in Go's words, when it means none
  public static long nanos(String text) {
    DurationSyntax syntax = new DurationSyntax(text);
    try {
      return syntax.whole() ? -syntax.nanos : syntax.nanos;
    } catch (Malformed malformed) {
      throw new IllegalArgumentException(malformed.getMessage(), malformed);
    }
  }

  /// @return whether it is negative
  private boolean whole() {
    boolean negative = text.startsWith("-");
    at = negative || text.startsWith("+") ? 1 : 0;
    if (text.length() - at == 1 && text.charAt(at) == '0') {
      return negative;
    }
    if (at == text.length()) {
      throw invalid();
    }
    while (at < text.length()) {
      part();
    }
    if (!negative && nanos == LIMIT) {
      throw invalid();
    }
    return negative;
  }

  /// A number and its unit.
  private void part() {
    int start = at;
    long whole = wholePart();
    boolean digits = at > start;
    double fraction = 0;
    if (at < text.length() && text.charAt(at) == '.') {
      at++;
      int fractionAt = at;
      fraction = fraction();
      digits |= at > fractionAt;
    }
    if (!digits) {
      throw invalid();
    }
    add(whole, fraction, unit());
  }

  /// Digits behind those that a number of 64 bits holds are passed over.
  private double fraction() {
    long number = 0;
    double scale = 1;
    boolean full = false;
    while (isDigit()) {
      int digit = text.charAt(at++) - '0';
      long next = number * 10 + digit;
      full |= number > Long.MAX_VALUE / 10 || next < 0;
      if (!full) {
        number = next;
        scale *= 10;
      }
    }
    return number / scale;
  }

  private long wholePart() {
    long number = 0;
    while (isDigit()) {
      if (Long.compareUnsigned(number, Long.divideUnsigned(LIMIT, 10)) > 0) {
        throw invalid();
      }
      number = number * 10 + (text.charAt(at++) - '0');
      requireWithin(number);
    }
    return number;
  }

  private long unit() {
    int start = at;
    while (at < text.length() && text.charAt(at) != '.' && !isDigit()) {
      at++;
    }
    if (at == start) {
      throw new Malformed("time: missing unit in duration " + quoted(text));
    }
    Long unit = at - start > UNIT_CHARACTERS_MAX ? null : UNITS.get(text.substring(start, at));
    if (unit == null) {
      throw new Malformed(
          "time: unknown unit "
              + quoted(text.substring(start, at))
              + " in duration "
              + quoted(text));
    }
    return unit;
  }

  private void add(long whole, double fraction, long unit) {
    if (Long.compareUnsigned(whole, Long.divideUnsigned(LIMIT, unit)) > 0) {
      throw invalid();
    }
    long part = whole * unit + (long) (fraction * unit);
    requireWithin(part);
    nanos += part;
    requireWithin(nanos);
  }

  private void requireWithin(long number) {
    if (Long.compareUnsigned(number, LIMIT) > 0) {
      throw invalid();
    }
  }

  private boolean isDigit() {
    return at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9';
  }

  private Malformed invalid() {
    return new Malformed("time: invalid duration " + quoted(text));
  }

  /// In double quotes as that package has it: every byte that is no printable ASCII is escaped.
  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
    for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
      if (each == '"' || each == '\\') {
        quoted.append('\\');
      }
      if (each < ' ') { // or above ASCII: a byte has a sign
        quoted.append("\\x");
        quoted.append(Character.forDigit((each >> 4) & 0xf, 16));
        quoted.append(Character.forDigit(each & 0xf, 16));
      } else {
        quoted.append((char) each);
      }
    }
    return quoted.append('"').toString();
  }
}
