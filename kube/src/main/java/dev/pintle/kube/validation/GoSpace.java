package dev.pintle.kube.validation;

import java.util.ArrayList;
import java.util.List;

/// The white space around texts and between words as Go knows it.
public final class GoSpace {
  private static final char NEXT_LINE = '\u0085';
  private static final char NO_BREAK = '\u00a0';

  private GoSpace() {}

  public static String trimmed(String text) {
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

  static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    int from = 0;
    for (int at = 0; at <= text.length(); at++) {
      if (at == text.length() || isSpace(text.charAt(at))) {
        if (at > from) {
          words.add(text.substring(from, at));
        }
        from = at + 1;
      }
    }
    return words;
  }

  private static boolean isSpace(char c) {
    return (c >= '\t' && c <= '\r')
        || c == ' '
        || c == NEXT_LINE
        || c == NO_BREAK
        || (c > NO_BREAK && Character.isSpaceChar(c));
  }
}
