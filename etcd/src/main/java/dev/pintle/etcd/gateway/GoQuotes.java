package dev.pintle.etcd.gateway;

/// The quotes of Go: text as its `%q` shows it, so that what cannot be printed is seen.
final class GoQuotes {
  private static final char[] HEX = "0123456789abcdef".toCharArray();

  private GoQuotes() {}

  /// One byte, taken for the character of that number, as Go's JSON scanner shows it.
  static String character(byte value) {
    return switch (value) {
      case '\'' -> "'\\''";
      case '"' -> "'\"'";
      default -> {
        StringBuilder text = new StringBuilder("'");
        append(text, value & 0xff);
        yield text.append('\'').toString();
      }
    };
  }

  /// Bytes that should be UTF-8.
  static String text(byte[] bytes, int from, int to) {
    StringBuilder text = new StringBuilder("\"");
    int at = from;
    while (at < to) {
      int length = Utf8.length(bytes, at, to);
      if (length == 0) {
        hex(text.append("\\x"), bytes[at] & 0xff, 2);
        at++;
      } else {
        append(text, Utf8.codePoint(bytes, at, length));
        at += length;
      }
    }
    return text.append('"').toString();
  }

  private static void append(StringBuilder text, int character) {
    switch (character) {
      case '"', '\\' -> text.append('\\').append((char) character);
      case 0x07 -> text.append("\\a");
      case '\b' -> text.append("\\b");
      case '\f' -> text.append("\\f");
      case '\n' -> text.append("\\n");
      case '\r' -> text.append("\\r");
      case '\t' -> text.append("\\t");
      case 0x0b -> text.append("\\v");
      default -> {
        if (isPrinted(character)) {
          text.appendCodePoint(character);
        } else if (character < ' ' || character == 0x7f) {
          hex(text.append("\\x"), character, 2);
        } else if (character <= 0xffff) {
          hex(text.append("\\u"), character, 4);
        } else {
          hex(text.append("\\U"), character, 8);
        }
      }
    }
  }

  private static boolean isPrinted(int character) {
    return switch (Character.getType(character)) {
      case Character.SPACE_SEPARATOR -> character == ' ';
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }

  private static void hex(StringBuilder text, int value, int digits) {
    for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) {
      text.append(HEX[value >> shift & 0xf]);
    }
  }
}
