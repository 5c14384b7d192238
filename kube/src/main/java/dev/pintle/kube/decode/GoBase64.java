package dev.pintle.kube.decode;

import java.util.Base64;

/// The form of Base64 that Go reads: line ends count for nothing, padding is needed, and bits that no byte needs are lost.
final class GoBase64 {
  private static final int QUANTUM = 4;

  private GoBase64() {}

  /// Where it is broken; -1 for nowhere.
  static int badByte(String text) {
    int inQuantum = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (isDigit(c)) {
        inQuantum = (inQuantum + 1) % QUANTUM;
      } else if (c == '=') {
        return afterPadding(text, i, inQuantum);
      } else if (!isLineEnd(c)) {
        return i;
      }
    }
    return inQuantum == 0 ? -1 : text.length() - inQuantum;
  }

  private static int afterPadding(String text, int place, int inQuantum) {
    if (inQuantum < 2) {
      return place;
    }
    int next = behindLineEnds(text, place + 1);
    if (inQuantum == 2) {
      if (next == text.length()) {
        return next;
      }
      if (text.charAt(next) != '=') {
        return next - 1;
      }
      next = behindLineEnds(text, next + 1);
    }
    return next == text.length() ? -1 : next;
  }

  private static int behindLineEnds(String text, int from) {
    int at = from;
    while (at < text.length() && isLineEnd(text.charAt(at))) {
      at++;
    }
    return at;
  }

  private static boolean isLineEnd(char c) {
    return c == '\n' || c == '\r';
  }

  private static boolean isDigit(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '+'
        || c == '/';
  }

  /// The text of the same bytes as Go writes it.
  ///
  /// @param text without a fault
  static String canonical(String text) {
    boolean whole = text.indexOf('=') < 0 && text.indexOf('\n') < 0 && text.indexOf('\r') < 0;
    if (whole) {
      return text;
    }
    String compact = text.replace("\n", "").replace("\r", "");
    int last = compact.length() - QUANTUM;
    // Only the last of it can have bits too many.
    return compact.substring(0, last)
        + Base64.getEncoder().encodeToString(Base64.getDecoder().decode(compact.substring(last)));
  }
}
