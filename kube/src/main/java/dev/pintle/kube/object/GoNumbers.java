package dev.pintle.kube.object;

import java.math.BigDecimal;

/// Go's forms of numbers in JSON: shortest digits, an exponent only below 1e-6 and from 1e21 on.
final class GoNumbers {
  private static final double PLAIN_MIN = 1e-6;
  private static final double PLAIN_END = 1e21;

  private GoNumbers() {}

  static String text(double number) {
    double size = Math.abs(number);
    if (size == 0) {
      return 1 / number < 0 ? "-0" : "0";
    }
    BigDecimal exact = new BigDecimal(Double.toString(number)).stripTrailingZeros();
    if (size >= PLAIN_MIN && size < PLAIN_END) {
      return exact.toPlainString();
    }
    return scientific(exact);
  }

  private static String scientific(BigDecimal number) {
    String digits = number.unscaledValue().abs().toString();
    int exponent = digits.length() - 1 - number.scale();
    StringBuilder text = new StringBuilder(number.signum() < 0 ? "-" : "").append(digits.charAt(0));
    if (digits.length() > 1) {
      text.append('.').append(digits, 1, digits.length());
    }
    String sign = exponent < 0 ? "-" : "+";
    String power = Integer.toString(Math.abs(exponent));
    // Go pads a positive exponent to two digits and takes the padding off a negative one.
    return text.append('e')
        .append(sign)
        .append(power.length() < 2 && exponent > 0 ? "0" + power : power)
        .toString();
  }
}
