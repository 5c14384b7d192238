package dev.pintle.kube.validation;

/// The white space around a text as Go knows it.
final class GoSpace {
  private static final char NEXT_LINE = '\u0085';
  private static final char NO_BREAK = '\u00a0';

  private GoSpace() {}

  static String trimmed(String text) {
    int from = 0;
    int to = text.length();
    while (from < to && isSpace(text.charAt(from))) {
      from++;
    }
    while (to > from && isSpace(text.charAt(to - 1))) {
      to--;
    }
    return text.substring(from, to);
  }

  private static boolean isSpace(char c) {
    return (c >= '\t' && c <= '\r')
        || c == ' '
        || c == NEXT_LINE
        || c == NO_BREAK
        || (c > NO_BREAK && Character.isSpaceChar(c));
  }
}
