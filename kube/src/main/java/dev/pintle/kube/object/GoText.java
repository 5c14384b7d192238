package dev.pintle.kube.object;

/// Texts as Go prints them in messages.
public final class GoText {
  private GoText() {}

  /// In double quotes, what cannot be printed escaped.
  public static String quote(String text) {
    StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
    int character;
    for (int at = 0; at < text.length(); at += Character.charCount(character)) {
      character = text.codePointAt(at);
      append(quoted, character);
    }
    return quoted.append('"').toString();
  }

  private static void append(StringBuilder quoted, int character) {
    switch (character) {
      case '"' -> quoted.append("\\\"");
      case '\\' -> quoted.append("\\\\");
      case '\n' -> quoted.append("\\n");
      case '\r' -> quoted.append("\\r");
      case '\t' -> quoted.append("\\t");
      case '\b' -> quoted.append("\\b");
      case '\f' -> quoted.append("\\f");
      case 0x07 -> quoted.append("\\a");
      case 0x0b -> quoted.append("\\v");
      default -> appendPlain(quoted, character);
    }
  }

  private static void appendPlain(StringBuilder quoted, int character) {
    if (isPrintable(character)) {
      quoted.appendCodePoint(character);
    } else if (character < 0x80) {
      appendHex(quoted.append("\\x"), character, 2);
    } else if (character < 0x10000) {
      appendHex(quoted.append("\\u"), character, 4);
    } else {
      appendHex(quoted.append("\\U"), character, 8);
    }
  }

  private static void appendHex(StringBuilder quoted, int number, int digits) {
    for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) {
      quoted.append(Character.forDigit((number >> shift) & 0xf, 16));
    }
  }

  public static boolean isPrintable(int character) {
    if (character < 0x7f) {
      return character >= ' ';
    }
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      case Character.SPACE_SEPARATOR -> character == ' ';
      default -> true;
    };
  }

  /// Why Go does not read a text as a whole number.
  public static String notANumber(String text) {
    int start = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
    boolean digits =
        text.length() > start && text.chars().skip(start).allMatch(c -> c >= '0' && c <= '9');
    return digits ? "value out of range" : "invalid syntax";
  }
}
