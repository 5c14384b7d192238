package dev.pintle.kube.jsonpath;

/// Texts in quotes, with the escapes of Go.
final class QuotedText {
  private static final String LETTERS = "abfnrtv";
  private static final String CONTROLS = "\u0007\b\f\n\r\t\u000b";

  private QuotedText() {}

  /// @param inside what stands between two of `quote`
  static String unquoted(String inside, char quote) throws JsonPathException {
    StringBuilder text = new StringBuilder(inside.length());
    int at = 0;
    while (at < inside.length()) {
      char c = inside.charAt(at++);
      if (c != '\\') {
        text.append(c);
        continue;
      }
      char escape = at < inside.length() ? inside.charAt(at++) : 0;
      int letter = LETTERS.indexOf(escape);
      int digits = digits(escape);
      if (letter >= 0) {
        text.append(CONTROLS.charAt(letter));
      } else if (escape == '\\' || escape == quote) {
        text.append(escape);
      } else if (digits > 0 && at + digits <= inside.length()) {
        text.appendCodePoint(point(inside.substring(at, at + digits)));
        at += digits;
      } else {
        throw bad(inside);
      }
    }
    return text.toString();
  }

  private static int digits(char escape) {
    return switch (escape) {
      case 'x' -> 2;
      case 'u' -> 4;
      case 'U' -> 8;
      default -> 0;
    };
  }

  private static int point(String digits) throws JsonPathException {
    try {
      int point = Integer.parseUnsignedInt(digits, 16);
      if (Character.isValidCodePoint(point)) {
        return point;
      }
    } catch (NumberFormatException _) {
      // Told below.
    }
    throw bad(digits);
  }

  private static JsonPathException bad(String text) {
    return new JsonPathException("unquote string %s error invalid syntax".formatted(text));
  }
}
