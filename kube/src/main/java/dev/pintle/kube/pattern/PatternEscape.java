package dev.pintle.kube.pattern;

import dev.pintle.kube.pattern.GoPattern.Malformed;

/// One character behind a backslash: a control character, a number of it, or punctuation.
final class PatternEscape {
  private static final String LETTERS = "afnrtv";

  private PatternEscape() {}

  /// Copies the escape at the place of `pattern` and answers the character that it stands for.
  static int read(GoPattern pattern) {
    String text = pattern.text;
    int start = pattern.at;
    if (start + 1 >= text.length()) {
      throw new Malformed("trailing backslash at end of expression", "");
    }
    int point = text.codePointAt(start + 1);
    int next = start + 1 + Character.charCount(point);
    if (point == 'x') {
      return hexadecimal(pattern, next);
    }
    if (point >= '0' && point <= '7') {
      return octal(pattern, next);
    }
    int letter = LETTERS.indexOf(point);
    boolean punctuation = point < 0x80 && !GoPattern.isAlphanumeric((char) point);
    if (letter < 0 && !punctuation) {
      throw invalid(text, start, next);
    }
    pattern.copy(next - start);
    return letter < 0 ? point : "\u0007\f\n\r\t\u000b".charAt(letter);
  }

  private static int octal(GoPattern pattern, int next) {
    String text = pattern.text;
    char first = text.charAt(next - 1);
    boolean more = next < text.length() && text.charAt(next) >= '0' && text.charAt(next) <= '7';
    if (first != '0' && !more) {
      throw invalid(text, pattern.at, next);
    }
    int value = first - '0';
    int end = next;
    while (end < text.length()
        && end < next + 2
        && text.charAt(end) >= '0'
        && text.charAt(end) <= '7') {
      value = value * 8 + text.charAt(end++) - '0';
    }
    write(pattern, value, end);
    return value;
  }

  private static int hexadecimal(GoPattern pattern, int from) {
    String text = pattern.text;
    boolean braced = from < text.length() && text.charAt(from) == '{';
    int at = braced ? from + 1 : from;
    int value = 0;
    int digits = 0;
    while (at < text.length() && (braced || digits < 2)) {
      int point = text.codePointAt(at);
      at += Character.charCount(point);
      if (braced && point == '}' && digits > 0) {
        write(pattern, value, at);
        return value;
      }
      int digit = point < 0x80 ? Character.digit(point, 16) : -1;
      value = value * 16 + digit;
      digits++;
      if (digit < 0 || value > Character.MAX_CODE_POINT) {
        throw invalid(text, pattern.at, at);
      }
    }
    if (braced || digits < 2) {
      throw invalid(text, pattern.at, at);
    }
    write(pattern, value, at);
    return value;
  }

  private static void write(GoPattern pattern, int value, int end) {
    pattern.written.append("\\x{").append(Integer.toHexString(value)).append('}');
    pattern.at = end;
  }

  private static Malformed invalid(String text, int start, int end) {
    return new Malformed("invalid escape sequence", text.substring(start, end));
  }
}
