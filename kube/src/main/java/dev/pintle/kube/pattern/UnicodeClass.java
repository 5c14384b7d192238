package dev.pintle.kube.pattern;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.pintle.kube.pattern.GoPattern.Malformed;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A class of Unicode, `\pL` or `\p{Greek}`, written by the name that the matcher has for it, or as the ranges of its
/// characters: Go knows more names, and ignores case, spaces, hyphens and underscores in them.
final class UnicodeClass {
  /// The categories: short name, long name, and how Java numbers what is in them.
  private static final String TABLE =
      """
      Lu uppercaseletter 1
      Ll lowercaseletter 2
      Lt titlecaseletter 3
      LC casedletter 1 2 3
      Lm modifierletter 4
      Lo otherletter 5
      L letter 1 2 3 4 5
      Mn nonspacingmark 6
      Me enclosingmark 7
      Mc spacingmark 8
      M mark 6 7 8
      M combiningmark 6 7 8
      Nd decimalnumber 9
      Nd digit 9
      Nl letternumber 10
      No othernumber 11
      N number 9 10 11
      Zs spaceseparator 12
      Zl lineseparator 13
      Zp paragraphseparator 14
      Z separator 12 13 14
      Cc control 15
      Cc cntrl 15
      Cf format 16
      Co privateuse 18
      Cs surrogate 19
      Cn unassigned 0
      C other 0 15 16 18 19
      Pd dashpunctuation 20
      Ps openpunctuation 21
      Pe closepunctuation 22
      Pc connectorpunctuation 23
      Po otherpunctuation 24
      Pi initialpunctuation 29
      Pf finalpunctuation 30
      P punctuation 20 21 22 23 24 29 30
      P punct 20 21 22 23 24 29 30
      Sm mathsymbol 25
      Sc currencysymbol 26
      Sk modifiersymbol 27
      So othersymbol 28
      S symbol 25 26 27 28
      """;

  /// By both names, in small letters.
  private static final Map<String, int[]> CATEGORIES = categories();

  private static final Map<String, String> CATEGORY_NAMES = categoryNames();

  private static final Map<String, String> RANGES = new ConcurrentHashMap<>();
  private static final String NONE = "";

  /// What the ranges of a large class take of memory and of time to read, in instructions.
  private static final int INSTRUCTIONS = 64;

  /// About what one range takes in the matcher's text.
  private static final int RANGE_CHARACTERS = 16;

  private UnicodeClass() {}

  /// Writes the class at the place of `pattern`.
  ///
  /// @param inBrackets whether it is part of a class in brackets
  static void read(GoPattern pattern, boolean inBrackets) {
    String text = pattern.text;
    int start = pattern.at;
    int end = end(text, start);
    String name = text.substring(start + 2, end);
    if (name.startsWith("{")) {
      name = name.substring(1, name.length() - 1);
    }
    boolean negated = text.charAt(start + 1) == 'P';
    if (name.startsWith("^")) {
      negated = !negated;
      name = name.substring(1);
    }
    String ranges = ranges(name, negated);
    if (ranges.equals(NONE)) {
      throw new Malformed("invalid character class range", text.substring(start, end));
    }
    pattern.shape.add(INSTRUCTIONS);
    pattern.shape.looksAhead(ranges.length() / RANGE_CHARACTERS);
    pattern.written.append(inBrackets ? ranges : '[' + ranges + ']');
    pattern.at = end;
  }

  private static int end(String text, int start) {
    if (start + 2 >= text.length()) {
      return text.length();
    }
    int point = text.codePointAt(start + 2);
    if (point != '{') {
      return start + 2 + Character.charCount(point);
    }
    int close = text.indexOf('}', start);
    if (close < 0) {
      throw new Malformed("invalid character class range", text.substring(start));
    }
    return close + 1;
  }

  private static String ranges(String name, boolean negated) {
    if (name.length() > 64) {
      return NONE;
    }
    String plain = name.toLowerCase(Locale.ROOT).replace(" ", "").replace("_", "").replace("-", "");
    if (!isName(plain)) {
      return NONE;
    }
    String key = (negated ? "^" : "") + plain;
    String known = RANGES.get(key);
    if (known == null) {
      known = make(plain, negated);
      if (!known.equals(NONE)) {
        RANGES.put(key, known);
      }
    }
    return known;
  }

  private static boolean isName(String plain) {
    return !plain.isEmpty() && plain.chars().allMatch(c -> GoPattern.isAlphanumeric((char) c));
  }

  private interface Members {
    boolean has(int point);
  }

  private static String make(String name, boolean negated) {
    Members members = members(name);
    if (members == null) {
      return NONE;
    }
    String named = named(name, negated);
    if (!named.equals(NONE)) {
      return named;
    }
    StringBuilder ranges = new StringBuilder();
    int from = -1;
    for (int point = 0; point <= Character.MAX_CODE_POINT + 1; point++) {
      boolean in = point <= Character.MAX_CODE_POINT && members.has(point) != negated;
      if (in && from < 0) {
        from = point;
      } else if (!in && from >= 0) {
        ranges.append("\\x{%x}-\\x{%x}".formatted(from, point - 1));
        from = -1;
      }
    }
    // What is not any character is none: half a character stands in no text.
    return ranges.isEmpty() ? "\\x{d800}" : ranges.toString();
  }

  /// The class by the matcher's own name, which it can match without case quickly; empty where it has none.
  private static String named(String name, boolean negated) {
    String category = CATEGORY_NAMES.get(name);
    String written = category == null ? scriptName(name) : category;
    String named = "\\%c{%s}".formatted(negated ? 'P' : 'p', written);
    try {
      Pattern.compile(named);
      return named;
    } catch (PatternSyntaxException _) {
      return NONE;
    }
  }

  /// `Old_Italic`
  private static String scriptName(String name) {
    Character.UnicodeScript script = scriptOf(name);
    if (script == null) {
      return name;
    }
    StringBuilder written = new StringBuilder();
    for (String word : script.name().toLowerCase(Locale.ROOT).split("_", -1)) {
      written.append(written.isEmpty() ? "" : "_");
      written.append(Character.toUpperCase(word.charAt(0))).append(word, 1, word.length());
    }
    return written.toString();
  }

  private static @Nullable Members members(String name) {
    int[] categories = CATEGORIES.get(name);
    if (categories != null) {
      long mask = 0;
      for (int category : categories) {
        mask |= 1L << category;
      }
      long wanted = mask;
      return point -> ((wanted >> Character.getType(point)) & 1) != 0;
    }
    return switch (name) {
      case "any" -> _ -> true;
      case "ascii" -> point -> point < 0x80;
      case "assigned" -> point -> Character.getType(point) != Character.UNASSIGNED;
      default -> script(name);
    };
  }

  private static @Nullable Members script(String name) {
    Character.UnicodeScript script = scriptOf(name);
    return script == null ? null : point -> Character.UnicodeScript.of(point) == script;
  }

  private static Character.@Nullable UnicodeScript scriptOf(String name) {
    for (Character.UnicodeScript script : Character.UnicodeScript.values()) {
      boolean named = script.name().replace("_", "").toLowerCase(Locale.ROOT).equals(name);
      if (named && script != Character.UnicodeScript.UNKNOWN) {
        return script;
      }
    }
    return null;
  }

  private static Map<String, int[]> categories() {
    Map<String, int[]> known = new HashMap<>();
    TABLE
        .lines()
        .map(line -> line.split(" ", -1))
        .forEach(words -> {
          int[] types = Stream.of(words).skip(2).mapToInt(Integer::parseInt).toArray();
          known.put(words[0].toLowerCase(Locale.ROOT), types);
          known.put(words[1], types);
        });
    return Map.copyOf(known);
  }

  private static Map<String, String> categoryNames() {
    Map<String, String> known = new HashMap<>();
    TABLE
        .lines()
        .map(line -> line.split(" ", -1))
        .forEach(words -> {
          known.put(words[0].toLowerCase(Locale.ROOT), words[0]);
          known.put(words[1], words[0]);
        });
    return Map.copyOf(known);
  }
}
