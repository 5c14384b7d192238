package dev.pintle.kube.object;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The meaning of a plain scalar in the dialect of YAML 1.1 that Kubernetes reads: `yes`, `on` and `y` are true, dates
/// are text, numbers are [YamlNumbers].
final class Yaml11 {
  private static final Map<String, Json> WORDS = words();

  /// Of the longest word here and below.
  private static final int WORD_CHARACTERS_MAX = 5;

  /// What JSON has no word for, as Go shows it.
  private static final Map<String, String> INFINITE =
      Map.ofEntries(
          Map.entry(".inf", "+Inf"),
          Map.entry(".Inf", "+Inf"),
          Map.entry(".INF", "+Inf"),
          Map.entry("+.inf", "+Inf"),
          Map.entry("+.Inf", "+Inf"),
          Map.entry("+.INF", "+Inf"),
          Map.entry("-.inf", "-Inf"),
          Map.entry("-.Inf", "-Inf"),
          Map.entry("-.INF", "-Inf"),
          Map.entry(".nan", "NaN"),
          Map.entry(".NaN", "NaN"),
          Map.entry(".NAN", "NaN"));

  private Yaml11() {}

  /// @param plain whether the text stands without quotes
  static Json value(String text, boolean plain) {
    return plain ? plain(text) : new Json.Text(text);
  }

  static boolean isInfinite(String text) {
    return text.length() <= WORD_CHARACTERS_MAX && INFINITE.containsKey(text);
  }

  /// The name that a key without an end becomes in JSON.
  static String infiniteKey(String text) {
    return switch (INFINITE.getOrDefault(text, "")) {
      case "-Inf" -> "-.inf";
      case "NaN" -> ".nan";
      default -> ".inf";
    };
  }

  static Json plain(String text) {
    if (text.length() <= WORD_CHARACTERS_MAX) {
      Json word = WORDS.get(text);
      if (word != null) {
        return word;
      }
      String infinite = text.indexOf('.') < 0 ? null : INFINITE.get(text);
      if (infinite != null) {
        throw new JsonSyntaxException("json: unsupported value: " + infinite);
      }
    }
    @Nullable Json number = YamlNumbers.read(text);
    return number != null ? number : new Json.Text(text);
  }

  /// Whether the text, written plain, would be read as something else than itself.
  static boolean isAmbiguous(String text) {
    return text.isEmpty()
        || isInfinite(text)
        || !(plain(text) instanceof Json.Text)
        || isDated(text);
  }

  /// Whether a text is a date, `2006-1-2`, or begins with one and a `T`.
  static boolean isDated(String text) {
    int month = digitsEnd(text, 0);
    int day = month == 4 && at(text, 4) == '-' ? digitsEnd(text, 5) : -1;
    if (day < 6 || day > 7 || at(text, day) != '-') {
      return false;
    }
    int end = digitsEnd(text, day + 1);
    boolean whole = end - day == 2 || end - day == 3;
    char after = at(text, end);
    boolean timed = (after == 'T' || after == 't' || after == ' ') && text.indexOf('\n', end) < 0;
    return whole && (end == text.length() || timed);
  }

  /// The character at a place, none behind the end.
  private static char at(String text, int place) {
    return place < text.length() ? text.charAt(place) : 0;
  }

  private static int digitsEnd(String text, int from) {
    int at = from;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    return at;
  }

  private static Map<String, Json> words() {
    Map<String, Json> words = new java.util.HashMap<>();
    for (String yes :
        new String[] {"y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON"}) {
      words.put(yes, Json.Bool.TRUE);
    }
    for (String no :
        new String[] {"n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF"}) {
      words.put(no, Json.Bool.FALSE);
    }
    for (String none : new String[] {"", "~", "null", "Null", "NULL"}) {
      words.put(none, Json.NULL);
    }
    return Map.copyOf(words);
  }
}
