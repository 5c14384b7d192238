package dev.pintle.kube.pattern;

import org.jspecify.annotations.Nullable;

/// A repetition behind a part of an expression: `{2}`, `{2,}` or `{2,5}`.
///
/// @param most -1 for any number
/// @param end behind the brace
record RepeatCount(int least, int most, int end) {
  private static final int DIGITS_MAX = 8;
  private static final int TOO_MANY = Integer.MAX_VALUE;

  /// Null where the brace begins no count and stands for itself.
  static @Nullable RepeatCount read(String text, int start) {
    int at = digitsEnd(text, start + 1);
    int least = number(text, start + 1, at);
    if (least < 0 || at >= text.length()) {
      return null;
    }
    int most = least;
    if (text.charAt(at) == ',') {
      int from = ++at;
      at = digitsEnd(text, from);
      most = at == from ? -1 : number(text, from, at);
      if (at != from && most < 0) {
        return null;
      }
    }
    return at < text.length() && text.charAt(at) == '}'
        ? new RepeatCount(least, most, at + 1)
        : null;
  }

  private static int digitsEnd(String text, int from) {
    int at = from;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    return at;
  }

  /// -1 for none, or one with a leading zero.
  private static int number(String text, int from, int to) {
    if (from == to || (to - from > 1 && text.charAt(from) == '0')) {
      return -1;
    }
    return to - from > DIGITS_MAX ? TOO_MANY : Integer.parseInt(text, from, to, 10);
  }

  boolean isAllowed() {
    return least <= GoPattern.REPEATS_MAX
        && most <= GoPattern.REPEATS_MAX
        && (most < 0 || least <= most);
  }

  /// How often the part stands in what is compiled.
  int copies() {
    return most < 0 ? least : most;
  }
}
