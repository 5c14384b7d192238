package dev.pintle.kube.decode;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.temporal.ChronoField;

/// The reader of times as Go parses them by a layout, with its words for what is none.
public final class GoTime {
  private static final String SECONDS = "2006-01-02T15:04:05Z07:00";
  private static final String MICROS = "2006-01-02T15:04:05.000000Z07:00";
  private static final String ZONE = "Z07:00";
  private static final int ZONE_CHARACTERS = 6;
  private static final int NANOS_PER_MICRO = 1_000;

  private final String text;
  private final String layout;
  private String rest;

  private GoTime(String text, String layout) {
    this.text = text;
    this.layout = layout;
    this.rest = text;
  }

  /// A time to the second, as it is written: in UTC, without the fraction that may be there.
  ///
  /// @throws Undecodable with Go's words for what is no such time
  public static String seconds(String text) {
    GoTime time = new GoTime(text, SECONDS);
    return written(time.read(false)) + "Z";
  }

  /// A time that has to have six digits of a fraction, and is written with them.
  static String micros(String text) {
    GoTime time = new GoTime(text, MICROS);
    LocalDateTime read = time.read(true);
    return "%s.%06dZ".formatted(written(read), read.get(ChronoField.MICRO_OF_SECOND));
  }

  private static String written(LocalDateTime time) {
    StringBuilder out = new StringBuilder();
    digits(out, time.getYear(), 4).append('-');
    digits(out, time.getMonthValue(), 2).append('-');
    digits(out, time.getDayOfMonth(), 2).append('T');
    digits(out, time.getHour(), 2).append(':');
    digits(out, time.getMinute(), 2).append(':');
    return digits(out, time.getSecond(), 2).toString();
  }

  private static StringBuilder digits(StringBuilder out, int number, int count) {
    String digits = Integer.toString(number);
    return out.append("0".repeat(Math.max(0, count - digits.length()))).append(digits);
  }

  private LocalDateTime read(boolean fraction) {
    int year = year();
    skip("-");
    int month = number("01", true, 1, 12, "month");
    skip("-");
    int day = number("02", true, 0, 99, "day");
    skip("T");
    int hour = number("15", false, 0, 23, "hour");
    skip(":");
    int minute = number("04", true, 0, 59, "minute");
    skip(":");
    int second = number("05", true, 0, 59, "second");
    int nanos = fraction ? fraction() : anyFraction();
    int offset = zone();
    if (!rest.isEmpty()) {
      throw told(": extra text: " + quoted(rest));
    }
    if (day < 1 || day > daysIn(year, month)) {
      throw outOfRange("day");
    }
    try {
      return LocalDateTime.of(year, month, day, hour, minute, second, nanos).minusSeconds(offset);
    } catch (DateTimeException beyond) {
      throw outOfRange("year");
    }
  }

  private static int daysIn(int year, int month) {
    return YearMonth.of(year, month).lengthOfMonth();
  }

  private int year() {
    if (rest.length() < 4 || !areDigits(rest, 4)) {
      throw cannotParse("2006");
    }
    return take(4);
  }

  private int number(String element, boolean fixed, int least, int most, String what) {
    boolean two = areDigits(rest, 2);
    if (!areDigits(rest, 1) || (fixed && !two)) {
      throw cannotParse(element);
    }
    int number = take(two ? 2 : 1);
    if (number < least || number > most) {
      throw outOfRange(what);
    }
    return number;
  }

  private int fraction() {
    if (rest.length() < 7 || !isPoint(rest.charAt(0)) || !areDigits(rest.substring(1), 6)) {
      throw cannotParse(".000000");
    }
    rest = rest.substring(1);
    return take(6) * NANOS_PER_MICRO;
  }

  /// What the layout does not ask for may be there.
  private int anyFraction() {
    if (rest.length() < 2 || !isPoint(rest.charAt(0)) || !areDigits(rest.substring(1), 1)) {
      return 0;
    }
    int end = 1;
    while (end < rest.length() && isDigit(rest.charAt(end))) {
      end++;
    }
    rest = rest.substring(end);
    return 0;
  }

  /// Seconds to the east.
  private int zone() {
    if (rest.startsWith("Z")) {
      rest = rest.substring(1);
      return 0;
    }
    boolean shaped = rest.length() >= ZONE_CHARACTERS && rest.charAt(3) == ':';
    if (!shaped
        || "+-".indexOf(rest.charAt(0)) < 0
        || !areDigits(rest.substring(1), 2)
        || !areDigits(rest.substring(4), 2)) {
      throw cannotParse(ZONE);
    }
    int hours = Integer.parseInt(rest, 1, 3, 10);
    int minutes = Integer.parseInt(rest, 4, 6, 10);
    int sign = rest.charAt(0) == '-' ? -1 : 1;
    rest = rest.substring(ZONE_CHARACTERS);
    if (hours > 24) {
      throw outOfRange("time zone offset hour");
    }
    if (minutes > 60) {
      throw outOfRange("time zone offset minute");
    }
    return sign * (hours * 60 + minutes) * 60;
  }

  private void skip(String literal) {
    if (!rest.startsWith(literal)) {
      throw cannotParse(literal);
    }
    rest = rest.substring(literal.length());
  }

  private int take(int characters) {
    int number = Integer.parseInt(rest, 0, characters, 10);
    rest = rest.substring(characters);
    return number;
  }

  private static boolean isPoint(char c) {
    return c == '.' || c == ',';
  }

  private static boolean areDigits(String of, int count) {
    if (of.length() < count) {
      return false;
    }
    for (int i = 0; i < count; i++) {
      if (!isDigit(of.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private Undecodable cannotParse(String element) {
    return told(" as \"%s\": cannot parse %s as \"%s\"".formatted(layout, quoted(rest), element));
  }

  private Undecodable outOfRange(String what) {
    return told(": %s out of range".formatted(what));
  }

  private Undecodable told(String why) {
    return new Undecodable("parsing time " + quoted(text) + why);
  }

  /// As Go's reader of times quotes, which writes the bytes of what is not plain.
  private static String quoted(String text) {
    StringBuilder out = new StringBuilder("\"");
    text.codePoints()
        .forEach(point -> {
          if (point == '"' || point == '\\') {
            out.append('\\').appendCodePoint(point);
          } else if (point >= ' ' && point < 0x80) {
            out.appendCodePoint(point);
          } else {
            for (byte one : Character.toString(point).getBytes(StandardCharsets.UTF_8)) {
              out.append("\\x%02x".formatted(one & 0xff));
            }
          }
        });
    return out.append('"').toString();
  }
}
