package dev.pintle.kube.pattern;

import dev.pintle.kube.pattern.GoPattern.Malformed;
import java.util.Set;

/// A class of characters in brackets.
final class PatternClass {
  private static final Set<String> NAMES =
      Set.of(
          "alnum", "alpha", "ascii", "blank", "cntrl", "digit", "graph", "lower", "print", "punct",
          "space", "upper", "word", "xdigit");
  private static final int FOLDED_PER_INSTRUCTION = 256;
  private static final String OUTSIDE = "invalid character class range";

  private final GoPattern pattern;
  private final String text;
  private final int start;

  PatternClass(GoPattern pattern) {
    this.pattern = pattern;
    this.text = pattern.text;
    this.start = pattern.at;
  }

  void read() {
    pattern.copy(1);
    if (is('^', pattern.at)) {
      pattern.copy(1);
    }
    boolean first = true;
    while (first || !is(']', pattern.at)) {
      first = false;
      pattern.shape.looksAhead(1);
      pattern.requireAllowed();
      if (!named() && !escapedClass()) {
        range();
      }
    }
    pattern.copy(1);
  }

  private boolean is(char c, int place) {
    return place < text.length() && text.charAt(place) == c;
  }

  /// `[:alpha:]` and the like.
  private boolean named() {
    if (!text.startsWith("[:", pattern.at) || text.length() - pattern.at <= 2) {
      return false;
    }
    int end = text.indexOf(":]", pattern.at + 2);
    if (end < 0) {
      return false;
    }
    int from = is('^', pattern.at + 2) ? pattern.at + 3 : pattern.at + 2;
    if (!NAMES.contains(text.substring(Math.min(from, end), end))) {
      throw new Malformed(OUTSIDE, text.substring(pattern.at, end + 2));
    }
    pattern.copy(end + 2 - pattern.at);
    return true;
  }

  /// A class of Unicode, or of Perl.
  private boolean escapedClass() {
    if (!is('\\', pattern.at) || pattern.at + 1 >= text.length()) {
      return false;
    }
    char c = text.charAt(pattern.at + 1);
    if (c == 'p' || c == 'P') {
      UnicodeClass.read(pattern, true);
      return true;
    }
    if ("dDsSwW".indexOf(c) >= 0) {
      pattern.copy(2);
      return true;
    }
    return false;
  }

  private void range() {
    int from = pattern.at;
    int low = character();
    if (is('-', pattern.at) && pattern.at + 1 < text.length() && !is(']', pattern.at + 1)) {
      pattern.copy(1);
      int high = character();
      if (high < low) {
        throw new Malformed(OUTSIDE, text.substring(from, pattern.at));
      }
      if (pattern.folds) {
        // The other cases of its characters are looked for one by one.
        pattern.shape.add((high - low) / FOLDED_PER_INSTRUCTION);
      }
    }
  }

  private int character() {
    if (pattern.at >= text.length()) {
      throw new Malformed("missing closing ]", text.substring(start));
    }
    if (is('\\', pattern.at)) {
      return PatternEscape.read(pattern);
    }
    int point = text.codePointAt(pattern.at);
    if ("[]^-".indexOf(point) >= 0) {
      pattern.written.append('\\');
    }
    pattern.copy(Character.charCount(point));
    return point;
  }
}
