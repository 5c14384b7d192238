package dev.pintle.kube.instance;

import com.google.re2j.Pattern;
import java.util.function.IntPredicate;

/// Numbers with a check digit.
final class CheckedNumbers {
  private static final Pattern CREDIT_CARD =
      Pattern.compile(
          "4[0-9]{12}(?:[0-9]{3})?|5[1-5][0-9]{14}|6(?:011|5[0-9][0-9])[0-9]{12}|3[47][0-9]{13}"
              + "|3(?:0[0-5]|[68][0-9])[0-9]{11}|(?:2131|1800|35\\d{3})\\d{11}");
  private static final Pattern ISBN10 = Pattern.compile("[0-9]{9}X|[0-9]{10}");
  private static final Pattern ISBN13 = Pattern.compile("[0-9]{13}");

  private static final int DIGITS_MAX = 16;

  private CheckedNumbers() {}

  static boolean isCreditCard(String text) {
    String digits = without(text, c -> c < '0' || c > '9');
    if (digits.length() > DIGITS_MAX || !CREDIT_CARD.matcher(digits).matches()) {
      return false;
    }
    int sum = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digits.charAt(digits.length() - 1 - i) - '0';
      int counted = i % 2 == 0 ? digit : digit * 2;
      sum += counted > 9 ? counted - 9 : counted;
    }
    return sum % 10 == 0;
  }

  static boolean isIsbn10(String text) {
    String digits = plain(text);
    if (digits.length() > DIGITS_MAX || !ISBN10.matcher(digits).matches()) {
      return false;
    }
    int sum = 0;
    for (int i = 0; i < 10; i++) {
      sum += (i + 1) * (digits.charAt(i) == 'X' ? 10 : digits.charAt(i) - '0');
    }
    return sum % 11 == 0;
  }

  static boolean isIsbn13(String text) {
    String digits = plain(text);
    if (digits.length() > DIGITS_MAX || !ISBN13.matcher(digits).matches()) {
      return false;
    }
    int sum = 0;
    for (int i = 0; i < 12; i++) {
      sum += (i % 2 == 0 ? 1 : 3) * (digits.charAt(i) - '0');
    }
    return digits.charAt(12) - '0' == (10 - sum % 10) % 10;
  }

  private static String plain(String text) {
    return without(text, c -> c == '-' || c == ' ' || (c >= '\t' && c <= '\r' && c != 0xb));
  }

  private static String without(String text, IntPredicate left) {
    StringBuilder kept = new StringBuilder();
    text.chars().filter(left.negate()).forEach(c -> kept.append((char) c));
    return kept.toString();
  }
}
