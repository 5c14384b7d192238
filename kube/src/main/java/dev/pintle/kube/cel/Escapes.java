package dev.pintle.kube.cel;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The escaping of field names that are no identifiers of the language: `__namespace__`, `a__dash__b`.
final class Escapes {
  private static final Set<String> WORDS = Set.of("true", "false", "null", "in");

  private Escapes() {}

  static boolean isReserved(String name) {
    return WORDS.contains(name) || Keywords.isReserved(name);
  }

  /// How expressions call a field, null when they cannot.
  static @Nullable String escape(String field) {
    if (field.isEmpty() || isDigit(field.charAt(0))) {
      return null;
    }
    if (isReserved(field)) {
      return "__" + field + "__";
    }
    StringBuilder name = new StringBuilder();
    for (int i = 0; i < field.length(); i++) {
      char c = field.charAt(i);
      if (field.startsWith("__", i)) {
        name.append("__underscores__");
        i++;
      } else if (c == '.') {
        name.append("__dot__");
      } else if (c == '-') {
        name.append("__dash__");
      } else if (c == '/') {
        name.append("__slash__");
      } else if (c == '_' || isDigit(c) || isLetter(c)) {
        name.append(c);
      } else {
        return null;
      }
    }
    return name.toString();
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  /// The field that a name in an expression means.
  static String unescape(String name) {
    if (!name.contains("__")) {
      return name;
    }
    if (name.startsWith("__") && name.endsWith("__") && name.length() > 4) {
      String inner = name.substring(2, name.length() - 2);
      if (isReserved(inner)) {
        return inner;
      }
    }
    StringBuilder field = new StringBuilder();
    for (int i = 0; i < name.length(); ) {
      Escape escape = escapeAt(name, i);
      if (escape == null) {
        field.append(name.charAt(i++));
      } else {
        field.append(escape.meaning());
        i += escape.written().length();
      }
    }
    return field.toString();
  }

  private record Escape(String written, String meaning) {}

  private static final Escape[] ESCAPES = {
    new Escape("__dot__", "."),
    new Escape("__dash__", "-"),
    new Escape("__slash__", "/"),
    new Escape("__underscores__", "__")
  };

  private static @Nullable Escape escapeAt(String name, int at) {
    for (Escape escape : ESCAPES) {
      if (name.startsWith(escape.written(), at)) {
        return escape;
      }
    }
    return null;
  }
}
