package dev.pintle.kube.quantity;

import java.math.BigDecimal;
import java.math.BigInteger;

/// The digits of a number from the first that is not zero.
///
/// @param all of the number, without its point
/// @param first where in them the first significant one stands; behind the last for zero
/// @param fraction how many stand behind the point
record SignificantDigits(String all, int first, int fraction) {

  static SignificantDigits of(QuantityText parts) {
    String all = parts.digits() + parts.fraction();
    int first = 0;
    while (first < all.length() && all.charAt(first) == '0') {
      first++;
    }
    return new SignificantDigits(all, first, parts.fraction().length());
  }

  boolean isNone() {
    return first == all.length();
  }

  /// The number is less than ten to this power, and no tenth of it.
  long magnitude() {
    return (long) all.length() - first - fraction;
  }

  /// The number with that many significant digits, and one more that tells whether anything follows.
  BigDecimal first(int count) {
    int end = (int) Math.min(all.length(), (long) first + count);
    boolean more = false;
    for (int i = end; i < all.length() && !more; i++) {
      more = all.charAt(i) != '0';
    }
    BigInteger digits = new BigInteger(all.substring(first, end) + (more ? '1' : '0'));
    return new BigDecimal(digits, fraction - (all.length() - end) + 1);
  }
}
