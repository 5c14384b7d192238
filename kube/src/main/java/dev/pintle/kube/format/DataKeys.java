package dev.pintle.kube.format;

import java.util.ArrayList;
import java.util.List;

/// The forms of keys in config maps and secrets, of environment variables, headers, paths, percentages, reasons and whole numbers.
public final class DataKeys {
  private static final int KEY_BYTES_MAX = 253;
  private static final TextFormat KEY =
      TextFormat.of(
          KEY_BYTES_MAX,
          "[-._a-zA-Z0-9]+",
          text -> !text.isEmpty() && Plain.isOf(text, "-._"),
          "a valid config key must consist of alphanumeric characters, '-', '_' or '.'",
          "key.name",
          "KEY_NAME",
          "key-name");
  private static final TextFormat PERCENT =
      TextFormat.of(
          0,
          "[0-9]+%",
          text -> text.endsWith("%") && Plain.isDigits(text, 0, text.length() - 1),
          "a valid percent string must be a numeric string followed by an ending '%'",
          "1%",
          "93%");
  private static final TextFormat HEADER =
      TextFormat.of(
          0,
          "[-A-Za-z0-9]+",
          text -> !text.isEmpty() && Plain.isOf(text, "-"),
          "a valid HTTP header must consist of alphanumeric characters or '-'",
          "X-Header-Name");

  private static final TextFormat REASON =
      TextFormat.of(
          0,
          "[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?",
          Plain::isReason,
          "a condition reason must start with alphabetic character, optionally followed by a string of alphanumeric"
              + " characters or '_,:', and must end with an alphanumeric character or '_'",
          "my_name",
          "MY_NAME",
          "MyName",
          "ReasonA,ReasonB",
          "ReasonA:ReasonB");
  private static final TextFormat HTTP_PATH =
      TextFormat.of(
          0,
          "[A-Za-z0-9/\\-._~%!$&'()*+,;=:]+",
          text -> !text.isEmpty() && Plain.isOf(text, "/-._~%!$&'()*+,;=:"),
          "Invalid path");

  private DataKeys() {}

  public static List<String> configKey(String key) {
    if (!key.startsWith(".")) {
      return KEY.complaints(key);
    }
    List<String> complaints = new ArrayList<>(KEY.complaints(key));
    if (key.equals(".")) {
      complaints.add("must not be '.'");
    } else if (key.equals("..")) {
      complaints.add("must not be '..'");
    } else if (key.startsWith("..")) {
      complaints.add("must not start with '..'");
    }
    return complaints;
  }

  public static List<String> environmentName(String name) {
    List<String> complaints = new ArrayList<>(0);
    if (name.isEmpty()) {
      complaints.add("environment variable name must be non-empty");
    }
    if (!isEnvironmentName(name)) {
      complaints.add(
          "a valid environment variable name must consist only of printable ASCII characters other than '='");
    }
    return complaints;
  }

  private static boolean isEnvironmentName(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c < ' ' || c >= 0x7f || c == '=') {
        return false;
      }
    }
    return true;
  }

  public static List<String> percent(String text) {
    return PERCENT.complaints(text);
  }

  public static List<String> httpHeader(String name) {
    return HEADER.complaints(name);
  }

  /// Why a condition is as it is, in one word.
  public static List<String> conditionReason(String reason) {
    return REASON.complaints(reason);
  }

  /// What may stand behind the domain of a name.
  public static List<String> httpPath(String path) {
    return HTTP_PATH.complaints(path);
  }

  public static List<String> wholeNumber(String text) {
    if (text.isEmpty()) {
      return List.of("must be non-empty");
    }
    int start = text.startsWith("-") ? 1 : 0;
    boolean canonical =
        text.equals("0")
            || (Plain.isDigits(text, start, text.length()) && text.charAt(start) != '0');
    return canonical ? List.of() : List.of("must be a valid decimal integer in canonical form");
  }
}
