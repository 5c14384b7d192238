package dev.pintle.kube.definition;

/// Whether Go accepts a regular expression, and what it says when not. Told are the mistakes that people make: brackets
/// that do not match, repetition of nothing, and what other engines have and Go has not.
final class GoPattern {
  private static final String KNOWN_ESCAPES = "abfnrtvxpPQEdDsSwWbBAzC0";

  private final String text;
  private int at;
  private int depth;
  private boolean repeatable;

  private GoPattern(String text) {
    this.text = text;
  }

  /// Go's complaint; empty when it has none.
  static String problem(String text) {
    GoPattern pattern = new GoPattern(text);
    while (pattern.at < text.length()) {
      String problem = pattern.step();
      if (!problem.isEmpty()) {
        return problem;
      }
    }
    return pattern.depth > 0 ? "missing closing ): `%s`".formatted(text) : "";
  }

  private String step() {
    char c = text.charAt(at);
    return switch (c) {
      case '\\' -> escape();
      case '[' -> characterClass();
      case '(' -> open();
      case ')' -> close();
      case '*', '+', '?' -> repetition();
      case '|', '^' -> {
        at++;
        repeatable = c == '^';
        yield "";
      }
      default -> {
        at++;
        repeatable = true;
        yield "";
      }
    };
  }

  private String escape() {
    if (at + 1 >= text.length()) {
      return "trailing backslash at end of expression: ``";
    }
    char c = text.charAt(at + 1);
    boolean letter = Character.isLetterOrDigit(c) && c < 0x80;
    if (letter && KNOWN_ESCAPES.indexOf(c) < 0) {
      return "invalid escape sequence: `\\%c`".formatted(c);
    }
    at += 2;
    repeatable = true;
    return "";
  }

  private String characterClass() {
    int from = at++;
    if (at < text.length() && text.charAt(at) == '^') {
      at++;
    }
    boolean first = true;
    while (at < text.length() && (first || text.charAt(at) != ']')) {
      first = false;
      if (text.charAt(at) == '\\') {
        at++;
      }
      at++;
    }
    if (at >= text.length()) {
      return "missing closing ]: `%s`".formatted(text.substring(from));
    }
    at++;
    repeatable = true;
    return "";
  }

  private String open() {
    for (String foreign : new String[] {"(?=", "(?!", "(?<=", "(?<!", "(?>"}) {
      if (text.startsWith(foreign, at)) {
        return "invalid or unsupported Perl syntax: `%s`"
            .formatted(foreign.substring(0, Math.min(3, foreign.length())));
      }
    }
    at++;
    depth++;
    if (at < text.length() && text.charAt(at) == '?') {
      at++;
    }
    repeatable = false;
    return "";
  }

  private String close() {
    at++;
    repeatable = true;
    return --depth < 0 ? "unexpected ): `%s`".formatted(text) : "";
  }

  private String repetition() {
    int from = at;
    if (!repeatable) {
      return "missing argument to repetition operator: `%c`".formatted(text.charAt(at));
    }
    at++;
    if (at < text.length() && text.charAt(at) == '?') {
      at++;
    }
    if (at < text.length() && "*+?".indexOf(text.charAt(at)) >= 0) {
      return "invalid nested repetition operator: `%s`".formatted(text.substring(from, at + 1));
    }
    return "";
  }
}
