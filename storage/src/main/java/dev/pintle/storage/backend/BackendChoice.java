package dev.pintle.storage.backend;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/// A backend as the user asks for it: `NAME`, or `NAME:KEY=VALUE,KEY=VALUE`.
///
/// @param options sorted by their names
public record BackendChoice(String name, Map<String, String> options) {
  public static final BackendChoice DEFAULT = new BackendChoice("rocksdb", Map.of());

  private static final int NAME_CHARS_MAX = 32;

  public BackendChoice {
    if (!isName(name)) {
      throw new IllegalArgumentException(
          "%s (expected: NAME or NAME:KEY=VALUE,..., a name of a-z, 0-9 and -)".formatted(name));
    }
    options = new TreeMap<>(options);
  }

  /// Reads what the user wrote.
  ///
  /// @throws IllegalArgumentException when it has another form
  public static BackendChoice parse(String text) {
    int colon = text.indexOf(':');
    if (colon < 0) {
      return new BackendChoice(text, Map.of());
    }
    Map<String, String> options = new LinkedHashMap<>();
    for (String option : text.substring(colon + 1).split(",", -1)) {
      int equals = option.indexOf('=');
      if (equals < 1) {
        throw new IllegalArgumentException(
            "%s: \"%s\" (expected: KEY=VALUE)".formatted(text, option));
      }
      if (options.put(option.substring(0, equals), option.substring(equals + 1)) != null) {
        throw new IllegalArgumentException(
            "%s: %s is given twice".formatted(text, option.substring(0, equals)));
      }
    }
    return new BackendChoice(text.substring(0, colon), options);
  }

  static boolean isName(String text) {
    if (text.isEmpty() || text.length() > NAME_CHARS_MAX || !isLetter(text.charAt(0))) {
      return false;
    }
    return text.chars().allMatch(c -> isLetter(c) || (c >= '0' && c <= '9') || c == '-');
  }

  private static boolean isLetter(int c) {
    return c >= 'a' && c <= 'z';
  }

  /// As the user writes it.
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(name);
    char before = ':';
    for (Map.Entry<String, String> option : options.entrySet()) {
      text.append(before).append(option.getKey()).append('=').append(option.getValue());
      before = ',';
    }
    return text.toString();
  }
}
