package dev.pintle.kube.pattern;

/// One reading of a regular expression by the rules of Go's parser. It tells what Go would complain about, and writes the
/// expression as the matcher here understands it: without names of groups, which two groups may share in Go, and with the
/// classes of Unicode under names that the matcher knows.
///
/// Every loop moves forward, so that reading takes time in the length of the text.
public final class GoPattern {
  /// How often a part may be repeated, inner repetitions counted in.
  static final int REPEATS_MAX = 1_000;

  /// The matcher copies a run of characters for each character that it adds: a long one is cut by what matches nothing.
  private static final int LITERALS_TOGETHER_MAX = 64;

  private static final String NOTHING = "(?:)";

  final String text;
  final StringBuilder written;
  final PatternShape shape = new PatternShape();
  int at;

  /// Whether some part is matched without regard to case.
  boolean folds;

  private int literals;

  /// Where the repetition begins that ended just here, -1 when none did.
  private int repeated = -1;

  private GoPattern(String text) {
    this.text = text;
    this.written = new StringBuilder(text.length());
  }

  /// The refusal of a pattern; the message is Go's.
  static final class Malformed extends RuntimeException {
    Malformed(String code, String where) {
      super("%s: `%s`".formatted(code, where), null, false, false);
    }
  }

  /// The result of reading an expression.
  ///
  /// @param problem Go's complaint, empty when it has none
  /// @param matcherText the expression in the matcher's words
  /// @param size about how many instructions the matcher needs
  record Read(String problem, String matcherText, long size) {}

  /// Go's complaint; empty when it has none.
  public static String problem(String text) {
    return read(text).problem();
  }

  static Read read(String text) {
    GoPattern pattern = new GoPattern(text);
    try {
      pattern.whole();
      return new Read("", pattern.written.toString(), pattern.shape.size());
    } catch (Malformed malformed) {
      return new Read(String.valueOf(malformed.getMessage()), "", 0);
    }
  }

  private void whole() {
    while (at < text.length()) {
      int repeatedBefore = repeated;
      repeated = -1;
      step(repeatedBefore);
      requireAllowed();
    }
    if (shape.isOpen()) {
      throw new Malformed("missing closing )", text);
    }
    shape.end();
    requireAllowed();
  }

  /// Refuses what is too large already, so that not all of it is written.
  void requireAllowed() {
    shape.requireAllowed(text, written.length());
  }

  private void step(int repeatedBefore) {
    char c = text.charAt(at);
    switch (c) {
      case '(' -> open();
      case ')' -> close();
      case '|' -> {
        shape.alternative();
        copy(1);
      }
      case '*', '+', '?' -> repetition(at + 1, repeatedBefore, c == '*' ? 2 : 1);
      case '{' -> counted(repeatedBefore);
      case '[' -> {
        new PatternClass(this).read();
        shape.one();
      }
      case '\\' -> escape();
      case '.', '^', '$' -> {
        shape.one();
        copy(1);
      }
      default -> literal("");
    }
  }

  /// @param escape what it is written behind
  private void literal(String escape) {
    if (++literals % LITERALS_TOGETHER_MAX == 0) {
      written.append(NOTHING);
    }
    written.append(escape);
    shape.literal();
    copy(Character.charCount(text.codePointAt(at)));
  }

  /// Writes the next characters as they are.
  void copy(int characters) {
    written.append(text, at, at + characters);
    at += characters;
  }

  private void close() {
    if (!shape.isOpen()) {
      throw new Malformed("unexpected )", text);
    }
    shape.close();
    copy(1);
  }

  private void open() {
    shape.looksAhead(1);
    if (!text.startsWith("(?", at)) {
      shape.open(true);
      copy(1);
      return;
    }
    boolean named = text.startsWith("(?P<", at) && text.length() - at > 4;
    int nameAt = named ? at + 4 : at + 3;
    if (named || (text.startsWith("(?<", at) && text.length() - at > 3)) {
      name(nameAt);
    } else {
      flags();
    }
  }

  private void name(int nameAt) {
    int end = text.indexOf('>', at);
    if (end < 0) {
      throw new Malformed("invalid named capture", text.substring(at));
    }
    boolean valid = end > nameAt;
    for (int i = nameAt; i < end; i++) {
      valid &= text.charAt(i) == '_' || isAlphanumeric(text.charAt(i));
    }
    if (!valid) {
      throw new Malformed("invalid named capture", text.substring(at, end + 1));
    }
    shape.open(true);
    written.append('(');
    at = end + 1;
  }

  private void flags() {
    int start = at;
    int next = at + 2;
    boolean negative = false;
    boolean any = false;
    while (next < text.length()) {
      char c = text.charAt(next++);
      if ("imsU".indexOf(c) >= 0) {
        any = true;
        folds |= c == 'i';
      } else if (c == '-' && !negative) {
        negative = true;
        any = false;
      } else if ((c == ':' || c == ')') && (!negative || any)) {
        if (c == ':') {
          shape.open(false);
        }
        copy(next - start);
        return;
      } else {
        break;
      }
    }
    throw new Malformed("invalid or unsupported Perl syntax", text.substring(start, next));
  }

  /// @param end behind the operator
  private void repetition(int end, int repeatedBefore, long sizeMore) {
    int after = requireRepeatable(end, repeatedBefore);
    shape.repeat(sizeMore);
    finish(after);
  }

  private void finish(int after) {
    repeated = at;
    copy(after - at);
  }

  /// Answers where the operator ends, with the mark that makes it reluctant.
  private int requireRepeatable(int end, int repeatedBefore) {
    int after = end < text.length() && text.charAt(end) == '?' ? end + 1 : end;
    if (repeatedBefore >= 0) {
      throw new Malformed(
          "invalid nested repetition operator", text.substring(repeatedBefore, after));
    }
    if (!shape.isRepeatable()) {
      throw new Malformed("missing argument to repetition operator", text.substring(at, after));
    }
    return after;
  }

  private void counted(int repeatedBefore) {
    RepeatCount count = RepeatCount.read(text, at);
    if (count == null) {
      // Behind a repetition the matcher would take a brace for another one.
      literal("\\");
      return;
    }
    String shown = text.substring(at, count.end());
    if (!count.isAllowed()) {
      throw new Malformed("invalid repeat count", shown);
    }
    int after = requireRepeatable(count.end(), repeatedBefore);
    if (!shape.repeat(count)) {
      throw new Malformed("invalid repeat count", text.substring(at, after));
    }
    finish(after);
  }

  private void escape() {
    shape.looksAhead(1);
    char c = at + 1 < text.length() ? text.charAt(at + 1) : 0;
    switch (c) {
      case 'A', 'b', 'B', 'z', 'd', 'D', 's', 'S', 'w', 'W' -> {
        shape.one();
        copy(2);
      }
      case 'C' -> throw new Malformed("invalid escape sequence", "\\C");
      case 'Q' -> quoted();
      case 'p', 'P' -> {
        UnicodeClass.read(this, false);
        shape.one();
      }
      default -> {
        PatternEscape.read(this);
        shape.literal();
      }
    }
  }

  /// `\Q…\E`, to the end where that is missing.
  private void quoted() {
    int end = text.indexOf("\\E", at + 2);
    int stop = end < 0 ? text.length() : end;
    at += 2;
    while (at < stop) {
      int point = text.codePointAt(at);
      boolean escaped = point < 0x80 && !isAlphanumeric((char) point);
      shape.looksAhead(escaped ? 1 : 0);
      literal(escaped ? "\\" : "");
    }
    at = end < 0 ? stop : end + 2;
  }

  static boolean isAlphanumeric(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }
}
