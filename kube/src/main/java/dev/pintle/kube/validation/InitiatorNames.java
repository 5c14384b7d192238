package dev.pintle.kube.validation;

import java.util.List;

/// The names by which storage is reached over a network, each told in one pass over the text.
final class InitiatorNames {
  private static final List<String> BEGINNINGS = List.of("iqn", "eui", "naa");
  private static final int EUI_CHARACTERS = 16;
  private static final int NAA_CHARACTERS = 32;
  private static final String QUALIFIED = "iqn.";

  /// `iqn.2001-04.`: the digits' places are those of `0`.
  private static final String DATED = "iqn.0000-00.";

  private InitiatorNames() {}

  static boolean hasKnownBeginning(String name) {
    return BEGINNINGS.stream().anyMatch(name::startsWith);
  }

  /// Whether a name that begins as it should goes on so.
  static boolean isName(String name) {
    return switch (name.substring(0, 3)) {
      case "eui" -> isNumber(name, EUI_CHARACTERS);
      case "naa" -> isNumber(name, NAA_CHARACTERS);
      default -> isQualified(name);
    };
  }

  /// Any one character, and so many letters or digits.
  private static boolean isNumber(String name, int characters) {
    int from = name.length() - characters;
    return name.codePointCount(0, name.length()) == 4 + characters
        && name.codePointAt(3) != '\n'
        && isAll(name, from, name.length());
  }

  private static boolean isAll(String text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (!isAlphanumeric(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  /// A date, a domain, a colon and more, which may stand behind anything: the last colon that only allowed characters follow is
  /// not the only one that counts, so the domain before each of them is looked through.
  private static boolean isQualified(String name) {
    int domain = 0;
    boolean found = false;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (isForbidden(c)) {
        found = false;
      }
      if (c == ':' && i + 1 < name.length() && isDated(name.substring(domain, i))) {
        found = true;
      } else if (found && i + 1 == name.length() && !isForbidden(c)) {
        return true;
      }
      if (!isOfDomain(c)) {
        domain = i + 1;
      }
    }
    return false;
  }

  /// Whether `iqn`, a year and a month stand somewhere, and something behind them.
  private static boolean isDated(String domain) {
    int at = domain.indexOf(QUALIFIED);
    while (at >= 0 && at + DATED.length() < domain.length()) {
      if (isDatedAt(domain, at)) {
        return true;
      }
      at = domain.indexOf(QUALIFIED, at + 1);
    }
    return false;
  }

  private static boolean isDatedAt(String domain, int at) {
    for (int i = 0; i < DATED.length(); i++) {
      char expected = DATED.charAt(i);
      char c = domain.charAt(at + i);
      if (expected == '0' ? c < '0' || c > '9' : c != expected) {
        return false;
      }
    }
    return true;
  }

  private static boolean isOfDomain(char c) {
    return isAlphanumeric(c) || c == '-' || c == '.';
  }

  private static boolean isAlphanumeric(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }

  private static boolean isForbidden(char c) {
    return ",;*&$| \t\n\f\r".indexOf(c) >= 0;
  }

  /// Whether `text` is a host and a port, as Go splits them.
  static boolean isHostPort(String text) {
    int colon = text.lastIndexOf(':');
    if (colon < 0) {
      return false;
    }
    if (!text.startsWith("[")) {
      return text.indexOf(':') == colon && text.indexOf('[') < 0 && text.indexOf(']') < 0;
    }
    int end = text.indexOf(']');
    return end >= 0
        && end + 1 == colon
        && text.indexOf('[', 1) < 0
        && text.indexOf(']', end + 1) < 0;
  }
}
