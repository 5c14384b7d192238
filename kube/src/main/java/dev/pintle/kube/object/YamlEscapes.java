package dev.pintle.kube.object;

import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.ScannerException;

/// The escapes in double quotes that YAML 1.2 has and Go's parser refuses: a slash, and halves of surrogate pairs.
final class YamlEscapes {
  static final String UNKNOWN = "found unknown escape character";
  private static final String NO_CHARACTER = "found invalid Unicode character escape code";
  private static final int HEXADECIMAL = 16;

  private YamlEscapes() {}

  /// @throws JsonSyntaxException in Go's words, when there is one
  static void require(ScalarEvent scalar) {
    if (scalar.getScalarStyle() == ScalarStyle.DOUBLE_QUOTED && scalar.getStartMark().isPresent()) {
      Mark start = scalar.getStartMark().get();
      int end = scalar.getEndMark().map(Mark::getPointer).orElse(start.getPointer());
      require(start.getBuffer(), start, end);
    }
  }

  /// The text with all escapes that YAML 1.2 lacks and Go's parser knows written as the characters that they stand for, in the text
  /// in quotes that could not be scanned; the same text where it is not one of these that is at fault.
  static String mended(ScannerException broken, String text) {
    Mark mark = broken.getProblemMark().orElse(null);
    if (mark == null || !broken.getProblem().startsWith(UNKNOWN)) {
      return text;
    }
    int at = text.offsetByCodePoints(0, mark.getIndex());
    int escape = at > 0 && text.charAt(at - 1) == '\\' ? at - 1 : at;
    StringBuilder written = new StringBuilder(text.length()).append(text, 0, escape);
    boolean ended = false;
    int from = escape;
    while (from < text.length() && !ended) {
      char c = text.charAt(from);
      char next = from + 1 < text.length() ? text.charAt(from + 1) : 0;
      ended = c == '"';
      if (c == '\\') {
        written.append(character(next, "\\" + next));
        from += 2;
      } else {
        written.append(c);
        from++;
      }
    }
    return from < text.length()
        ? written.append(text, from, text.length()).toString()
        : written.toString();
  }

  private static String character(char escape, String asItIs) {
    return switch (escape) {
      case '\'' -> "'";
      case 'L' -> "\u2028";
      case 'P' -> "\u2029";
      default -> asItIs;
    };
  }

  private static void require(int[] text, Mark start, int end) {
    int line = start.getLine();
    for (int at = start.getPointer(); at < end; at++) {
      if (text[at] == '\n') {
        line++;
      } else if (text[at] == '\\') {
        at++;
        if (text[at] == '/') {
          throw refused(UNKNOWN, line);
        }
        if (text[at] == '\n') {
          line++;
        } else if (isHalf(text, at)) {
          throw refused(NO_CHARACTER, line);
        }
      }
    }
  }

  private static boolean isHalf(int[] text, int at) {
    int digits = text[at] == 'u' ? 4 : text[at] == 'U' ? 8 : 0;
    int code = 0;
    for (int i = at + 1; i <= at + digits && i < text.length; i++) {
      code = code * HEXADECIMAL + Math.max(0, Character.digit(text[i], HEXADECIMAL));
    }
    return code >= Character.MIN_SURROGATE && code <= Character.MAX_SURROGATE;
  }

  private static JsonSyntaxException refused(String problem, int line) {
    return new JsonSyntaxException(
        line == 0 ? "yaml: " + problem : "yaml: line %d: %s".formatted(line + 1, problem));
  }
}
