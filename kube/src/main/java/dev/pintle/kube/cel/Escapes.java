package dev.pintle.kube.cel;

import java.util.Set;

/// Names of fields that are no names of the language are written with escapes: `__namespace__`, `a__dash__b`.
final class Escapes {
  private static final Set<String> RESERVED =
      Set.of(
          "true",
          "false",
          "null",
          "in",
          "as",
          "break",
          "const",
          "continue",
          "else",
          "for",
          "function",
          "if",
          "import",
          "let",
          "loop",
          "package",
          "namespace",
          "return",
          "var",
          "void",
          "while");

  private Escapes() {}

  /// The field that a name in an expression means.
  static String unescape(String name) {
    if (!name.contains("__")) {
      return name;
    }
    if (name.startsWith("__") && name.endsWith("__") && name.length() > 4) {
      String inner = name.substring(2, name.length() - 2);
      if (RESERVED.contains(inner)) {
        return inner;
      }
    }
    return name.replace("__dot__", ".")
        .replace("__dash__", "-")
        .replace("__slash__", "/")
        .replace("__underscores__", "__");
  }
}
