package dev.pintle.kube.decode;

/// The check for a time in the form that the server itself writes, `2006-01-02T15:04:05Z`: most times that it reads are
/// its own, and parsing and formatting them again is a tenth of the cost of a write.
final class WrittenTime {
  private static final String SHAPE = "dddd-dd-ddTdd:dd:ddZ";
  private static final String MICROS_SHAPE = "dddd-dd-ddTdd:dd:dd.ddddddZ";

  /// Of each month in every year.
  private static final int[] DAYS_SURE = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

  private WrittenTime() {}

  /// True for such a time only, though not on a leap day, which is left to a calendar.
  static boolean isCanonical(String text) {
    return hasShape(text, SHAPE) && isInCalendar(text);
  }

  /// As [#isCanonical], of a time with six digits of a fraction.
  static boolean isCanonicalMicros(String text) {
    return hasShape(text, MICROS_SHAPE) && isInCalendar(text);
  }

  private static boolean isInCalendar(String text) {
    return isWithin(text, 5, 1, 12)
        && isWithin(text, 8, 1, DAYS_SURE[number(text, 5) - 1])
        && isWithin(text, 11, 0, 23)
        && isWithin(text, 14, 0, 59)
        && isWithin(text, 17, 0, 59);
  }

  private static boolean hasShape(String text, String shape) {
    if (text.length() != shape.length()) {
      return false;
    }
    for (int i = 0; i < shape.length(); i++) {
      char wanted = shape.charAt(i);
      char c = text.charAt(i);
      if (wanted == 'd' ? c < '0' || c > '9' : c != wanted) {
        return false;
      }
    }
    return true;
  }

  private static boolean isWithin(String text, int at, int least, int most) {
    int number = number(text, at);
    return number >= least && number <= most;
  }

  private static int number(String text, int at) {
    return (text.charAt(at) - '0') * 10 + text.charAt(at + 1) - '0';
  }
}
