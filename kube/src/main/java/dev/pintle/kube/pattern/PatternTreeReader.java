package dev.pintle.kube.pattern;

import dev.pintle.kube.pattern.PatternTree.Branch;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The reader of a pattern, as [GoPattern] wrote it, into trees. It knows what most patterns consist of, and gives up at the
/// rest: flags, classes of Unicode and of POSIX, and assertions other than those at both ends of the pattern.
final class PatternTreeReader {
  private static final int DEPTH_MAX = 200;

  private final String text;
  private int at;
  private int depth;

  private PatternTreeReader(String text) {
    this.text = text;
  }

  /// The end of what this reader knows.
  private static final class Unknown extends RuntimeException {
    Unknown() {
      super(null, null, false, false);
    }
  }

  /// Null for a pattern that has something else in it.
  static @Nullable List<Branch> read(String matcherText) {
    try {
      return new PatternTreeReader(matcherText).whole();
    } catch (Unknown _) {
      return null;
    }
  }

  private List<Branch> whole() {
    List<Branch> branches = new ArrayList<>();
    do {
      branches.add(branch());
    } while (skip('|'));
    if (at < text.length()) {
      throw new Unknown();
    }
    return branches;
  }

  private Branch branch() {
    boolean atStart = skip('^') || skipEscape('A');
    PatternTree tree = sequence();
    boolean atEnd = skip('$') || skipEscape('z');
    return new Branch(atStart, tree, atEnd);
  }

  private boolean is(char c) {
    return at < text.length() && text.charAt(at) == c;
  }

  private boolean skip(char c) {
    if (is(c)) {
      at++;
      return true;
    }
    return false;
  }

  private boolean isEscape(char letter) {
    return is('\\') && at + 1 < text.length() && text.charAt(at + 1) == letter;
  }

  private boolean skipEscape(char letter) {
    if (isEscape(letter)) {
      at += 2;
      return true;
    }
    return false;
  }

  private PatternTree sequence() {
    List<PatternTree> parts = new ArrayList<>();
    while (at < text.length() && !is('|') && !is(')') && !is('$') && !isEscape('z')) {
      parts.add(repeated(part()));
    }
    return parts.size() == 1 ? parts.getFirst() : new PatternTree.Sequence(parts);
  }

  private PatternTree part() {
    char c = text.charAt(at);
    return switch (c) {
      case '(' -> group();
      case '[' -> characters();
      case '.' -> {
        at++;
        yield new PatternTree.One(CharacterRanges.LINE);
      }
      case '\\' -> new PatternTree.One(escape());
      case '^', '*', '+', '?' -> throw new Unknown();
      default -> {
        int point = text.codePointAt(at);
        at += Character.charCount(point);
        yield new PatternTree.One(CharacterRanges.of(point, point));
      }
    };
  }

  private PatternTree group() {
    if (++depth > DEPTH_MAX) {
      throw new Unknown();
    }
    at++;
    if (is('?') && !skipUnnamed()) {
      throw new Unknown();
    }
    List<PatternTree> branches = new ArrayList<>();
    do {
      branches.add(sequence());
    } while (skip('|'));
    if (!skip(')')) {
      throw new Unknown();
    }
    depth--;
    return branches.size() == 1 ? branches.getFirst() : new PatternTree.Choice(branches);
  }

  private boolean skipUnnamed() {
    boolean unnamed = text.startsWith("?:", at);
    at += unnamed ? 2 : 0;
    return unnamed;
  }

  private PatternTree repeated(PatternTree part) {
    PatternTree whole;
    RepeatCount count = is('{') ? RepeatCount.read(text, at) : null;
    if (count != null) {
      at = count.end();
      whole = new PatternTree.Repeat(part, count.least(), count.most());
    } else if (skip('*')) {
      whole = new PatternTree.Repeat(part, 0, PatternTree.WITHOUT_END);
    } else if (skip('+')) {
      whole = new PatternTree.Repeat(part, 1, PatternTree.WITHOUT_END);
    } else if (skip('?')) {
      whole = new PatternTree.Repeat(part, 0, 1);
    } else {
      return part;
    }
    // A reluctant repetition finds other matches, not more.
    skip('?');
    return whole;
  }

  private CharacterRanges escape() {
    char letter = at + 1 < text.length() ? text.charAt(at + 1) : 0;
    CharacterRanges known =
        switch (letter) {
          case 'd' -> CharacterRanges.DIGITS;
          case 'D' -> CharacterRanges.DIGITS.others();
          case 'w' -> CharacterRanges.WORD;
          case 'W' -> CharacterRanges.WORD.others();
          case 's' -> CharacterRanges.SPACE;
          case 'S' -> CharacterRanges.SPACE.others();
          default -> null;
        };
    if (known != null) {
      at += 2;
      return known;
    }
    int point = escapedCharacter();
    return CharacterRanges.of(point, point);
  }

  private int escapedCharacter() {
    char letter = at + 1 < text.length() ? text.charAt(at + 1) : 0;
    at += 2;
    if (letter == 'x') {
      return numbered();
    }
    int known = "afnrtv".indexOf(letter);
    if (known >= 0) {
      return "\u0007\f\n\r\t\u000b".charAt(known);
    }
    if (letter == 0 || letter >= 0x80 || GoPattern.isAlphanumeric(letter)) {
      throw new Unknown();
    }
    return letter;
  }

  /// `{41}`, behind `\x`.
  private int numbered() {
    int end = text.indexOf('}', at);
    if (!is('{') || end < 0) {
      throw new Unknown();
    }
    int point = Integer.parseInt(text, at + 1, end, 16);
    at = end + 1;
    return point;
  }

  private PatternTree characters() {
    at++;
    boolean others = skip('^');
    List<int[]> ranges = new ArrayList<>();
    while (!skip(']')) {
      if (at >= text.length() || text.startsWith("[:", at)) {
        throw new Unknown();
      }
      ranges.add(item());
    }
    CharacterRanges set =
        CharacterRanges.of(ranges.stream().flatMapToInt(java.util.Arrays::stream).toArray());
    return new PatternTree.One(others ? set.others() : set);
  }

  /// The ends of a range, or of those of a class of Perl.
  private int[] item() {
    if (is('\\') && at + 1 < text.length() && "dDwWsS".indexOf(text.charAt(at + 1)) >= 0) {
      CharacterRanges set = escape();
      int[] ends = new int[2 * set.size()];
      for (int i = 0; i < set.size(); i++) {
        ends[2 * i] = set.first(i);
        ends[2 * i + 1] = set.last(i);
      }
      return ends;
    }
    int low = character();
    // Whatever is no range has its dash escaped.
    return new int[] {low, skip('-') ? character() : low};
  }

  private int character() {
    if (is('\\')) {
      return escapedCharacter();
    }
    int point = text.codePointAt(at);
    at += Character.charCount(point);
    return point;
  }
}
