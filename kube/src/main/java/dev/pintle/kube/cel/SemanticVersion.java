package dev.pintle.kube.cel;

import dev.pintle.kube.object.GoText;
import dev.pintle.kube.object.Utf8Order;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A version as Semantic Versioning 2.0.0 has it. What is built from the same source is equal, whatever it says of its build.
record SemanticVersion(long major, long minor, long patch, List<String> prerelease)
    implements LibraryValue, Comparable<SemanticVersion> {
  static final String TYPE = "kubernetes.Semver";
  private static final int PARTS = 3;

  SemanticVersion {
    prerelease = List.copyOf(prerelease);
  }

  static boolean isOne(String text, boolean lenient) {
    try {
      parse(text, lenient);
      return true;
    } catch (CelException _) {
      return false;
    }
  }

  /// @param lenient whether a `v` before it, numbers that are left out and zeros before others are forgiven
  /// @throws CelException for what is no version
  static SemanticVersion parse(String text, boolean lenient) {
    return parse(lenient ? normalized(text) : text);
  }

  private static String normalized(String text) {
    String[] parts = (text.startsWith("v") ? text.substring(1) : text).split("\\.", PARTS);
    for (int i = 0; i < parts.length; i++) {
      parts[i] = withoutZeros(parts[i]);
    }
    if (parts.length == PARTS) {
      return String.join(".", parts);
    }
    String last = parts[parts.length - 1];
    if (last.indexOf('+') >= 0 || last.indexOf('-') >= 0) {
      throw new CelException("short version cannot contain PreRelease/Build meta data");
    }
    return String.join(".", parts) + ".0".repeat(PARTS - parts.length);
  }

  private static String withoutZeros(String part) {
    if (part.length() <= 1) {
      return part;
    }
    int from = 0;
    while (from < part.length() && part.charAt(from) == '0') {
      from++;
    }
    boolean number = from < part.length() && isDigit(part.charAt(from));
    return number ? part.substring(from) : "0" + part.substring(from);
  }

  private static SemanticVersion parse(String text) {
    if (text.isEmpty()) {
      throw new CelException("Version string empty");
    }
    String[] parts = text.split("\\.", PARTS);
    if (parts.length != PARTS) {
      throw new CelException("No Major.Minor.Patch elements found");
    }
    long major = number(parts[0], "major", "Major");
    long minor = number(parts[1], "minor", "Minor");
    String rest = parts[2];
    int plus = rest.indexOf('+');
    String build = plus < 0 ? null : rest.substring(plus + 1);
    rest = plus < 0 ? rest : rest.substring(0, plus);
    int dash = rest.indexOf('-');
    long patch = number(dash < 0 ? rest : rest.substring(0, dash), "patch", "Patch");
    List<String> before = new ArrayList<>();
    if (dash >= 0) {
      for (String word : rest.substring(dash + 1).split("\\.", -1)) {
        requirePrerelease(word);
        before.add(word);
      }
    }
    requireBuild(build);
    return new SemanticVersion(major, minor, patch, before);
  }

  private static long number(String digits, String name, String title) {
    if (!isNumber(digits)) {
      throw new CelException(
          "Invalid character(s) found in %s number %s".formatted(name, GoText.quote(digits)));
    }
    if (hasLeadingZero(digits)) {
      throw new CelException(
          "%s number must not contain leading zeroes %s".formatted(title, GoText.quote(digits)));
    }
    return parseNumber(digits);
  }

  private static long parseNumber(String digits) {
    if (digits.isEmpty()) {
      throw new CelException("strconv.ParseUint: parsing \"\": invalid syntax");
    }
    try {
      return Long.parseUnsignedLong(digits);
    } catch (NumberFormatException _) {
      throw new CelException(
          "strconv.ParseUint: parsing %s: value out of range".formatted(GoText.quote(digits)));
    }
  }

  private static void requirePrerelease(String word) {
    if (word.isEmpty()) {
      throw new CelException("Prerelease is empty");
    }
    if (isNumber(word)) {
      if (hasLeadingZero(word)) {
        throw new CelException(
            "Numeric PreRelease version must not contain leading zeroes " + GoText.quote(word));
      }
      parseNumber(word);
    } else if (!isWord(word)) {
      throw new CelException("Invalid character(s) found in prerelease " + GoText.quote(word));
    }
  }

  private static void requireBuild(@Nullable String build) {
    if (build == null) {
      return;
    }
    for (String word : build.split("\\.", -1)) {
      if (word.isEmpty()) {
        throw new CelException("Build meta data is empty");
      }
      if (!isWord(word)) {
        throw new CelException(
            "Invalid character(s) found in build meta data " + GoText.quote(word));
      }
    }
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isNumber(String text) {
    return text.chars().allMatch(SemanticVersion::isDigit);
  }

  private static boolean isWord(String text) {
    return text.chars()
        .allMatch(c -> isDigit(c) || c == '-' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'));
  }

  private static boolean hasLeadingZero(String digits) {
    return digits.length() > 1 && digits.charAt(0) == '0';
  }

  @Override
  public int compareTo(SemanticVersion other) {
    int byNumbers = Long.compareUnsigned(major, other.major);
    byNumbers = byNumbers == 0 ? Long.compareUnsigned(minor, other.minor) : byNumbers;
    byNumbers = byNumbers == 0 ? Long.compareUnsigned(patch, other.patch) : byNumbers;
    if (byNumbers != 0) {
      return Integer.signum(byNumbers);
    }
    if (prerelease.isEmpty() || other.prerelease.isEmpty()) {
      return Boolean.compare(prerelease.isEmpty(), other.prerelease.isEmpty());
    }
    int shared = Math.min(prerelease.size(), other.prerelease.size());
    for (int i = 0; i < shared; i++) {
      int byWord = compare(prerelease.get(i), other.prerelease.get(i));
      if (byWord != 0) {
        return byWord;
      }
    }
    return Integer.compare(prerelease.size(), other.prerelease.size());
  }

  private static int compare(String left, String right) {
    boolean one = isNumber(left);
    boolean two = isNumber(right);
    if (one && two) {
      return Long.compareUnsigned(parseNumber(left), parseNumber(right));
    }
    return one != two ? (one ? -1 : 1) : Integer.signum(Utf8Order.compare(left, right));
  }

  @Override
  public String typeName() {
    return TYPE;
  }

  @Override
  public String goTypeName() {
    return "cel.Semver";
  }
}
