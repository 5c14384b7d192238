package dev.pintle.kube.object;

import com.google.re2j.Pattern;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/// Numbers as Go has them. Doubles are written with the fewest digits that tell them apart, and with an exponent where they are very small
/// or large; whole numbers are read of the digits of ASCII alone, where Java takes those of other scripts too.
public final class GoNumbers {
  private static final double PLAIN_MIN = 1e-4;
  private static final double PLAIN_MIN_IN_JSON = 1e-6;
  private static final double PLAIN_END = 1e21;
  private static final double SHORT_END = 1e6;
  private static final Pattern NAN = Pattern.compile("(?i)nan");
  private static final Pattern INFINITY = Pattern.compile("(?i)[+-]?inf(inity)?");

  private static final Pattern FLOAT =
      Pattern.compile(
          "[+-]?(?:(?:[0-9](?:_?[0-9])*(?:\\.(?:[0-9](?:_?[0-9])*)?)?|\\.[0-9](?:_?[0-9])*)"
              + "(?:[eE][+-]?[0-9](?:_?[0-9])*)?"
              + "|0[xX](?:(?:_?[0-9a-fA-F])+(?:\\.(?:[0-9a-fA-F](?:_?[0-9a-fA-F])*)?)?|\\.[0-9a-fA-F]+)"
              + "[pP][+-]?[0-9]+)");

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

  /// Reads as `strconv.ParseFloat` does: infinities and no number by their names, hexadecimal digits with an exponent, and
  /// underscores between digits.
  ///
  /// @throws NumberFormatException for what is no number, or a finite one that is too large
  public static double parseFloat(String text) {
    if (NAN.matcher(text).matches()) {
      return Double.NaN;
    }
    if (INFINITY.matcher(text).matches()) {
      return text.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }
    if (!FLOAT.matcher(text).matches()) {
      throw new NumberFormatException(text);
    }
    double number = Double.parseDouble(text.replace("_", ""));
    if (Double.isInfinite(number)) {
      throw new NumberFormatException(text);
    }
    return number;
  }

  /// By `strconv.FormatFloat(number, 'g', -1, 64)`: an exponent below 1e-4 and from 1e6 on.
  public static String shortest(double number) {
    if (Double.isInfinite(number)) {
      return number > 0 ? "+Inf" : "-Inf";
    }
    return Double.isNaN(number) ? "NaN" : text(number, PLAIN_MIN, SHORT_END, true);
  }

  /// As [#shortest(double)], of a number of 32 bits.
  static String shortest(float number) {
    if (Float.isInfinite(number) || number == 0) {
      return shortest((double) number);
    }
    BigDecimal exact = new BigDecimal(Float.toString(number)).stripTrailingZeros();
    double size = Math.abs(number);
    return size >= PLAIN_MIN && size < SHORT_END ? exact.toPlainString() : scientific(exact, true);
  }

  /// In messages, by `%v`: an exponent, of two digits at least, below 1e-4 and from 1e21 on.
  public static String text(double number) {
    return Double.isFinite(number) ? text(number, PLAIN_MIN, PLAIN_END, true) : shortest(number);
  }

  /// In JSON: an exponent below 1e-6 and from 1e21 on. Go pads a positive one to two digits and takes the padding off a negative one.
  static String json(double number) {
    return text(number, PLAIN_MIN_IN_JSON, PLAIN_END, number >= 1 || number <= -1);
  }

  /// The platform tells two digits at least, where one may do for the smallest of all numbers.
  private static BigDecimal fewestDigits(double number) {
    BigDecimal told = new BigDecimal(Double.toString(number)).stripTrailingZeros();
    if (told.precision() != 2 || Math.abs(number) >= Double.MIN_NORMAL) {
      return told;
    }
    BigDecimal one = told.round(new MathContext(1, RoundingMode.HALF_EVEN));
    return one.doubleValue() == number ? one.stripTrailingZeros() : told;
  }

  private static String text(double number, double plainMin, double plainEnd, boolean padded) {
    double size = Math.abs(number);
    if (size == 0) {
      return 1 / number < 0 ? "-0" : "0";
    }
    BigDecimal exact = fewestDigits(number);
    return size >= plainMin && size < plainEnd ? exact.toPlainString() : scientific(exact, padded);
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
