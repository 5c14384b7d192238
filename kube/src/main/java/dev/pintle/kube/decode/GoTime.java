package dev.pintle.kube.decode;

import dev.pintle.kube.object.GoText;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/// The reader of a time as Go reads it by a layout: `2006-01-02T15:04:05Z07:00`, with the six digits of microseconds or without. What is
/// wrong is told by the part of the layout that found it.
final class GoTime {
  private static final String SECONDS = "2006-01-02T15:04:05Z07:00";
  private static final String MICROS = "2006-01-02T15:04:05.000000Z07:00";
  private static final String FRACTION = ".000000";
  private static final int NANO_DIGITS = 9;

  private final String text;
  private final boolean micros;
  private int at;

  private GoTime(String text, boolean micros) {
    this.text = text;
    this.micros = micros;
  }

  /// @throws Undecodable in Go's words
  static OffsetDateTime parse(String text, boolean micros) {
    return new GoTime(text, micros).read();
  }

  private OffsetDateTime read() {
    int year = number("2006", 4, false);
    literal('-');
    int month = number("01", 2, false);
    requireWithin(month, 1, 12, "month");
    literal('-');
    int day = number("02", 2, false);
    literal('T');
    int hour = number("15", 2, true);
    requireWithin(hour, 0, 23, "hour");
    literal(':');
    int minute = number("04", 2, false);
    requireWithin(minute, 0, 59, "minute");
    literal(':');
    int second = number("05", 2, false);
    requireWithin(second, 0, 59, "second");
    int nanos = fraction();
    ZoneOffset offset = offset();
    if (at < text.length()) {
      throw told(": extra text: " + GoText.quote(text.substring(at)));
    }
    try {
      LocalDate date = LocalDate.of(year, month, day);
      return OffsetDateTime.of(date, LocalTime.of(hour, minute, second, nanos), offset)
          .withOffsetSameInstant(ZoneOffset.UTC);
    } catch (DateTimeException _) {
      throw told(": day out of range");
    }
  }

  /// @param shorter whether one digit is enough
  private int number(String layout, int digits, boolean shorter) {
    int number = 0;
    for (int i = 0; i < digits; i++) {
      if (!isDigit(at + i)) {
        if (shorter && i > 0) {
          at += i;
          return number;
        }
        throw mismatch(at, layout);
      }
      number = number * 10 + text.charAt(at + i) - '0';
    }
    at += digits;
    return number;
  }

  private boolean isDigit(int position) {
    return position < text.length() && text.charAt(position) >= '0' && text.charAt(position) <= '9';
  }

  private void literal(char wanted) {
    if (at >= text.length() || text.charAt(at) != wanted) {
      throw mismatch(at, String.valueOf(wanted));
    }
    at++;
  }

  private boolean isPoint() {
    return at < text.length() && (text.charAt(at) == '.' || text.charAt(at) == ',');
  }

  private int fraction() {
    int start = at;
    if (micros) {
      boolean long7 = text.length() - at >= FRACTION.length();
      if (!long7 || !isPoint()) {
        throw mismatch(start, FRACTION);
      }
      for (int i = 1; i < FRACTION.length(); i++) {
        if (!isDigit(at + i)) {
          throw mismatch(start, FRACTION);
        }
      }
      at += FRACTION.length();
    } else if (isPoint() && isDigit(at + 1)) {
      at++;
      while (isDigit(at)) {
        at++;
      }
    } else {
      return 0;
    }
    int nanos = 0;
    for (int i = 0; i < NANO_DIGITS; i++) {
      boolean digit = start + 1 + i < at;
      nanos = nanos * 10 + (digit ? text.charAt(start + 1 + i) - '0' : 0);
    }
    return nanos;
  }

  private ZoneOffset offset() {
    int start = at;
    if (at < text.length() && text.charAt(at) == 'Z') {
      at++;
      return ZoneOffset.UTC;
    }
    if (text.length() - at < 6 || text.charAt(at + 3) != ':') {
      throw mismatch(start, "Z07:00");
    }
    char sign = text.charAt(at);
    for (int position : new int[] {1, 2, 4, 5}) {
      if (!isDigit(at + position)) {
        throw mismatch(start, "Z07:00");
      }
    }
    int hours = (text.charAt(at + 1) - '0') * 10 + text.charAt(at + 2) - '0';
    int minutes = (text.charAt(at + 4) - '0') * 10 + text.charAt(at + 5) - '0';
    requireWithin(hours, 0, 24, "time zone offset hour");
    requireWithin(minutes, 0, 60, "time zone offset minute");
    if (sign != '+' && sign != '-') {
      throw mismatch(start, "Z07:00");
    }
    at += 6;
    int seconds = (hours * 60 + minutes) * 60;
    return shifted(sign == '-' ? -seconds : seconds);
  }

  /// Java knows no offset of more than 18 hours.
  private ZoneOffset shifted(int seconds) {
    try {
      return ZoneOffset.ofTotalSeconds(seconds);
    } catch (DateTimeException _) {
      throw told(": time zone offset hour out of range");
    }
  }

  private void requireWithin(int number, int least, int most, String title) {
    if (number < least || number > most) {
      throw told(": " + title + " out of range");
    }
  }

  private Undecodable told(String message) {
    return new Undecodable("parsing time " + GoText.quote(text) + message);
  }

  private Undecodable mismatch(int start, String layout) {
    return told(
        " as %s: cannot parse %s as %s"
            .formatted(
                GoText.quote(micros ? MICROS : SECONDS),
                GoText.quote(text.substring(start)),
                GoText.quote(layout)));
  }
}
