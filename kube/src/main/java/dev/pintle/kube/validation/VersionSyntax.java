package dev.pintle.kube.validation;

/// The form of versions of semver.org: three numbers, what comes before the release, and how it was built.
final class VersionSyntax {
  private static final int NUMBERS = 3;

  private VersionSyntax() {}

  static boolean is(String text) {
    int plus = text.indexOf('+');
    String build = plus < 0 ? "" : text.substring(plus + 1);
    String rest = plus < 0 ? text : text.substring(0, plus);
    int dash = rest.indexOf('-');
    String before = dash < 0 ? "" : rest.substring(dash + 1);
    String[] numbers = (dash < 0 ? rest : rest.substring(0, dash)).split("\\.", -1);
    if (numbers.length != NUMBERS || (plus >= 0 && !areParts(build, false))) {
      return false;
    }
    for (String number : numbers) {
      if (!isDigits(number) || isPadded(number)) {
        return false;
      }
    }
    return dash < 0 || areParts(before, true);
  }

  /// @param numbered whether a part of digits alone is a number, which does not begin with a zero
  private static boolean areParts(String text, boolean numbered) {
    for (String part : text.split("\\.", -1)) {
      if (part.isEmpty() || !part.chars().allMatch(VersionSyntax::isOfPart)) {
        return false;
      }
      if (numbered && isDigits(part) && isPadded(part)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isPadded(String digits) {
    return digits.length() > 1 && digits.charAt(0) == '0';
  }

  private static boolean isDigits(String text) {
    return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private static boolean isOfPart(int c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-';
  }
}
