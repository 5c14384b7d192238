package dev.pintle.kube.format;

/// Quick tests for the usual names, so that an expression is asked only about the unusual ones.
final class Plain {
  private Plain() {}

  /// Whether `text` is a DNS label but for its length: lower-case letters, digits, and hyphens between them.
  static boolean isLabel(String text) {
    return isDotted(text, false);
  }

  /// Whether `text` is labels with dots between them.
  static boolean isSubdomain(String text) {
    return isDotted(text, true);
  }

  static boolean isLabelOfLetter(String text) {
    return isLabel(text) && text.charAt(0) > '9';
  }

  private static boolean isDotted(String text, boolean dots) {
    char before = '.';
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean inside = isAlphanumeric(c) || (c == '-' && before != '.');
      if (!inside && !(dots && c == '.' && isAlphanumeric(before))) {
        return false;
      }
      before = c;
    }
    return isAlphanumeric(before);
  }

  private static boolean isAlphanumeric(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
  }
}
