package dev.pintle.kube.object;

import java.math.BigDecimal;

/// Numbers as Go has them. Doubles are written with the fewest digits that tell them apart, and with an exponent where they are very small
/// or large; whole numbers are read of the digits of ASCII alone, where Java takes those of other scripts too.
public final class GoNumbers {
  private static final double PLAIN_MIN = 1e-4;
  private static final double PLAIN_MIN_IN_JSON = 1e-6;
  private static final double PLAIN_END = 1e21;

  private GoNumbers() {}

  /// Reads as `strconv.ParseInt` does, with or without a sign.
  ///
  /// @throws NumberFormatException for what is no number, or one of more than 64 bits
  public static long parseInt(String text) {
    boolean signed = text.startsWith("-") || text.startsWith("+");
    requireDigits(text, signed ? 1 : 0);
    return Long.parseLong(text);
  }

  /// Reads as `strconv.ParseUint` does, without any sign.
  ///
  /// @throws NumberFormatException for what is no number, or one of more than 64 bits
  public static long parseUint(String text) {
    requireDigits(text, 0);
    return Long.parseUnsignedLong(text);
  }

  private static void requireDigits(String text, int from) {
    for (int i = from; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        throw new NumberFormatException(text);
      }
    }
  }

  /// In messages, by `%v`: an exponent, of two digits at least, below 1e-4 and from 1e21 on.
  public static String text(double number) {
    return Double.isFinite(number) ? text(number, PLAIN_MIN, true) : Double.toString(number);
  }

  /// In JSON: an exponent below 1e-6 and from 1e21 on. Go pads a positive one to two digits and takes the padding off a negative one.
  static String json(double number) {
    return text(number, PLAIN_MIN_IN_JSON, number >= 1 || number <= -1);
  }

  private static String text(double number, double plainMin, boolean padded) {
    double size = Math.abs(number);
    if (size == 0) {
      return 1 / number < 0 ? "-0" : "0";
    }
    BigDecimal exact = new BigDecimal(Double.toString(number)).stripTrailingZeros();
    return size >= plainMin && size < PLAIN_END ? exact.toPlainString() : scientific(exact, padded);
  }

  private static String scientific(BigDecimal number, boolean padded) {
    String digits = number.unscaledValue().abs().toString();
    int exponent = digits.length() - 1 - number.scale();
    String power = Integer.toString(Math.abs(exponent));
    return (number.signum() < 0 ? "-" : "")
        + digits.charAt(0)
        + (digits.length() > 1 ? "." + digits.substring(1) : "")
        + (exponent < 0 ? "e-" : "e+")
        + (padded && power.length() < 2 ? "0" + power : power);
  }
}
