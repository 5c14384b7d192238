package dev.pintle.kube.object;

import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;

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
