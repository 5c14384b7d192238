package dev.pintle.kube.object;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/// Numbers in plain scalars as Go's library reads them, each in one pass: whole numbers of 64 bits in Go's notations (`0x`,
/// `0o`, `0b`, a leading 0 is octal), everything else of the form of a decimal fraction as a double. What is too large for
/// either is text.
final class YamlNumbers {
  private final String text;
  private int at;

  private YamlNumbers(String text) {
    this.text = text;
  }

  /// Null for what is no number.
  static @Nullable Json read(String text) {
    char first = text.isEmpty() ? 'x' : text.charAt(0);
    if (first == '.') {
      return fraction(text);
    }
    if (first != '-' && first != '+' && !isDigit(first)) {
      return null;
    }
    String plain = text.replace("_", "");
    Json whole = whole(plain);
    return whole != null ? whole : fraction(plain);
  }

  /// What only an unsigned number of 64 bits holds, in Go's notation of such keys; null for all others.
  static @Nullable String unsigned(String text) {
    String plain = text.replace("_", "");
    if (plain.isEmpty() || !isDigit(plain.charAt(0)) || !(whole(plain) instanceof Json.Decimal)) {
      return null;
    }
    int radix = radix(plain, 0);
    int digits = radix == 10 ? 0 : isDigit(plain.charAt(1)) ? 1 : 2;
    return "0x" + new BigInteger(plain.substring(digits), radix).toString(16);
  }

  private static @Nullable Json whole(String text) {
    boolean signed = text.startsWith("-") || text.startsWith("+");
    boolean negative = text.startsWith("-");
    int start = signed ? 1 : 0;
    int radix = radix(text, start);
    int digits = radix == 10 ? start : isDigit(text.charAt(start + 1)) ? start + 1 : start + 2;
    if (digits >= text.length()) {
      return null;
    }
    long number = 0;
    for (int i = digits; i < text.length(); i++) {
      int digit = text.charAt(i) < 0x80 ? Character.digit(text.charAt(i), radix) : -1;
      if (digit < 0 || Long.compareUnsigned(number, Long.divideUnsigned(-1 - digit, radix)) > 0) {
        return null;
      }
      number = number * radix + digit;
    }
    if (number >= 0) {
      return new Json.Whole(negative ? -number : number);
    }
    boolean least = negative && number == Long.MIN_VALUE;
    return least
        ? new Json.Whole(number)
        : signed ? null : new Json.Decimal(Double.parseDouble(Long.toUnsignedString(number)));
  }

  private static int radix(String text, int start) {
    if (start + 1 >= text.length() || text.charAt(start) != '0') {
      return 10;
    }
    return switch (text.charAt(start + 1)) {
      case 'x', 'X' -> 16;
      case 'b', 'B' -> 2;
      case 'o', 'O', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> 8;
      default -> 10;
    };
  }

  /// What is written as a fraction but is whole is a whole number: between YAML and JSON lies Go's text of the number.
  private static @Nullable Json fraction(String text) {
    if (!new YamlNumbers(text).isFraction()) {
      return null;
    }
    double number = Double.parseDouble(text);
    if (Double.isInfinite(number)) {
      return null;
    }
    boolean whole = number == Math.rint(number) && Math.abs(number) < 0x1p63;
    return whole ? new Json.Whole((long) number) : new Json.Decimal(number);
  }

  /// `[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?`
  private boolean isFraction() {
    skipSign();
    int before = digits();
    int after = 0;
    if (at < text.length() && text.charAt(at) == '.') {
      at++;
      after = digits();
    }
    if (before + after == 0) {
      return false;
    }
    if (at < text.length() && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
      at++;
      skipSign();
      if (digits() == 0) {
        return false;
      }
    }
    return at == text.length();
  }

  private void skipSign() {
    if (at < text.length() && (text.charAt(at) == '-' || text.charAt(at) == '+')) {
      at++;
    }
  }

  private int digits() {
    int from = at;
    while (at < text.length() && isDigit(text.charAt(at))) {
      at++;
    }
    return at - from;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
