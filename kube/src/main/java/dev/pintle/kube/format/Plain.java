package dev.pintle.kube.format;

import java.util.Arrays;

/// The forms of names, each told in one pass over the text.
final class Plain {
  /// Small letters and digits.
  private static final byte LOWER = 1;

  private static final byte UPPER = 2;

  /// What each character of ASCII is; 0 for what is neither letter nor digit.
  private static final byte[] CLASSES = classes();

  private Plain() {}

  /// Whether `text` is a DNS label but for its length: lower-case letters, digits, and hyphens between them.
  static boolean isLabel(String text) {
    return isDotted(text, 0, false);
  }

  /// Whether `text` is labels with dots between them.
  static boolean isSubdomain(String text) {
    return isDotted(text, 0, true);
  }

  /// `*.` before labels with dots between them.
  static boolean isWildcard(String text) {
    return text.startsWith("*.") && isDotted(text, 2, true);
  }

  static boolean isLabelOfLetter(String text) {
    return isLabel(text) && text.charAt(0) > '9';
  }

  private static boolean isDotted(String text, int from, boolean dots) {
    char before = '.';
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean inside = isAlphanumeric(c) || (c == '-' && before != '.');
      if (!inside && !(dots && c == '.' && isAlphanumeric(before))) {
        return false;
      }
      before = c;
    }
    return isAlphanumeric(before);
  }

  /// As [#isSubdomain], with underscores in the labels, and one before.
  static boolean isUnderscored(String text) {
    char before = '.';
    boolean started = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (isAlphanumeric(c)) {
        started = true;
      } else if (c == '.' && isAlphanumeric(before)) {
        started = false;
      } else if (!started ? c != '_' || before != '.' : c != '-' && c != '_') {
        return false;
      }
      before = c;
    }
    return isAlphanumeric(before);
  }

  /// Letters and digits, with hyphens, underscores and dots between them; not empty.
  static boolean isKey(String text) {
    int last = text.length() - 1;
    return last >= 0
        && isOf(text, "-_.")
        && isLetterOrDigit(text.charAt(0))
        && isLetterOrDigit(text.charAt(last));
  }

  /// Letters, digits, underscores, and commas and colons that do not end it; a letter first.
  static boolean isReason(String text) {
    int last = text.length() - 1;
    return last >= 0
        && isOf(text, "_,:")
        && isLetterOrDigit(text.charAt(0))
        && text.charAt(0) > '9'
        && (isLetterOrDigit(text.charAt(last)) || text.charAt(last) == '_');
  }

  /// Whether `text` is letters, digits and `others` only.
  static boolean isOf(String text, String others) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!isLetterOrDigit(c) && others.indexOf(c) < 0) {
        return false;
      }
    }
    return true;
  }

  /// Whether the part of `text` is digits only, and some.
  static boolean isDigits(String text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return from < to;
  }

  private static boolean isAlphanumeric(char c) {
    return c < CLASSES.length && CLASSES[c] == LOWER;
  }

  private static boolean isLetterOrDigit(char c) {
    return c < CLASSES.length && CLASSES[c] != 0;
  }

  private static byte[] classes() {
    byte[] classes = new byte[128];
    Arrays.fill(classes, '0', '9' + 1, LOWER);
    Arrays.fill(classes, 'a', 'z' + 1, LOWER);
    Arrays.fill(classes, 'A', 'Z' + 1, UPPER);
    return classes;
  }
}
