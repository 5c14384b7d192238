package dev.pintle.server.cli;

import java.math.BigInteger;
import java.util.Locale;

/// A whole number as flags of Go programs take it: `128`, `0x80`, `0b1000_0000`, `0o200`, `0200`.
final class GoInteger {
  private static final int DIGITS_MAX = 100;

  private GoInteger() {}

  /// @param bits how many it may take
  /// @throws IllegalArgumentException for what is no number
  /// @throws ArithmeticException for one that does not fit
  static BigInteger parse(String text, int bits, boolean signed) {
    boolean negative = signed && text.startsWith("-");
    String unsigned = negative || (signed && text.startsWith("+")) ? text.substring(1) : text;
    String digits = unsigned.toLowerCase(Locale.ROOT);
    int radix = 10;
    boolean based = digits.length() > 1 && digits.charAt(0) == '0';
    if (based) {
      radix =
          switch (digits.charAt(1)) {
            case 'x' -> 16;
            case 'b' -> 2;
            default -> 8;
          };
      digits = digits.substring("xbo".indexOf(digits.charAt(1)) >= 0 ? 2 : 1);
    }
    BigInteger value = new BigInteger(digits(digits, radix, based, text), radix);
    BigInteger number = negative ? value.negate() : value;
    int most = signed ? bits - 1 : bits;
    if (number.bitLength() > most) {
      throw new ArithmeticException("value out of range");
    }
    return number;
  }

  /// Underscores stand between digits, where the base is named.
  private static String digits(String text, int radix, boolean based, String whole) {
    StringBuilder digits = new StringBuilder();
    boolean digitBefore = based;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean digit = c < 0x80 && Character.digit(c, radix) >= 0;
      if (!digit && !(c == '_' && based && digitBefore && i + 1 < text.length())) {
        throw new IllegalArgumentException("invalid syntax");
      }
      digitBefore = digit;
      if (digit) {
        digits.append(c);
      }
    }
    if (digits.isEmpty()) {
      throw new IllegalArgumentException("invalid syntax");
    }
    if (digits.length() > DIGITS_MAX) {
      throw new ArithmeticException("value out of range: " + whole.length() + " characters");
    }
    return digits.toString();
  }
}
