package dev.pintle.kube.quantity;

/// A quantity taken apart: sign, digits before and after the point, suffix.
///
/// @param digits without leading zeros, `0` when there are none
record QuantityText(boolean negative, String digits, String fraction, String suffix) {
  private static final String MALFORMED =
      "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";
  private static final String SUFFIX_LETTERS = "eEinumkKMGTP";

  static QuantityText parse(String text) {
    if (text.isEmpty()) {
      throw new QuantitySyntaxException(MALFORMED);
    }
    boolean signed = text.charAt(0) == '-' || text.charAt(0) == '+';
    int start = signed ? 1 : 0;
    while (start < text.length() && text.charAt(start) == '0') {
      start++;
    }
    int pointAt = digitsEnd(text, start);
    int end = pointAt;
    String fraction = "";
    if (pointAt < text.length() && text.charAt(pointAt) == '.') {
      end = digitsEnd(text, pointAt + 1);
      fraction = text.substring(pointAt + 1, end);
    }
    String digits = start == pointAt ? "0" : text.substring(start, pointAt);
    return new QuantityText(text.charAt(0) == '-', digits, fraction, suffix(text, end));
  }

  private static String suffix(String text, int start) {
    int at = start;
    while (at < text.length() && SUFFIX_LETTERS.indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    if (at < text.length() && (text.charAt(at) == '-' || text.charAt(at) == '+')) {
      at++;
    }
    if (digitsEnd(text, at) < text.length()) {
      throw new QuantitySyntaxException(MALFORMED);
    }
    return text.substring(start);
  }

  private static int digitsEnd(String text, int from) {
    int at = from;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    return at;
  }
}
