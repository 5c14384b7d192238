package dev.pintle.kube.cel;

import dev.pintle.kube.cel.Functions.Implementation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Functions of texts. Positions count characters.
final class TextFunctions {
  // Of a text beside its characters.
  private static final long OBJECT_BYTES = 48;
  private static final String ESCAPED = "\u0007\b\f\n\r\t\u000b\\\"";
  private static final String ESCAPES = "abfnrtv\\\"";

  private TextFunctions() {}

  static void addTo(Map<String, Implementation> functions) {
    functions.put("startsWith", (_, given) -> Value.of(text(given, 0).startsWith(text(given, 1))));
    functions.put("endsWith", (_, given) -> Value.of(text(given, 0).endsWith(text(given, 1))));
    functions.put("contains", (_, given) -> Value.of(text(given, 0).contains(text(given, 1))));
    functions.put("lowerAscii", (frame, given) -> ascii(frame, text(given, 0), 'A', 'Z'));
    functions.put("upperAscii", (frame, given) -> ascii(frame, text(given, 0), 'a', 'z'));
    functions.put("trim", (frame, given) -> made(frame, trimmed(text(given, 0))));
    functions.put("charAt", (_, given) -> charAt(text(given, 0), number(given, 1)));
    functions.put("indexOf", TextFunctions::indexOf);
    functions.put("lastIndexOf", TextFunctions::lastIndexOf);
    functions.put("replace", TextFunctions::replace);
    functions.put("split", TextFunctions::split);
    functions.put("substring", TextFunctions::substring);
    functions.put(
        "format", (frame, given) -> FormatFunction.apply(frame, text(given, 0), given[1]));
    functions.put(
        "strings.quote",
        (frame, given) -> {
          frame.allocate(bytes(2L * text(given, 0).length()));
          return Value.of(quoted(text(given, 0)));
        });
  }

  static String text(Value[] given, int position) {
    if (given[position] instanceof Value.Text(String text)) {
      return text;
    }
    throw CelException.noOverload();
  }

  static long number(Value[] given, int position) {
    if (given[position] instanceof Value.Int(long number)) {
      return number;
    }
    throw CelException.noOverload();
  }

  /// What a text of so many characters takes.
  static long bytes(long characters) {
    return OBJECT_BYTES + 2 * characters;
  }

  private static Value made(Activation frame, String text) {
    frame.allocate(bytes(text.length()));
    return Value.of(text);
  }

  private static Value ascii(Activation frame, String text, char from, char to) {
    frame.allocate(bytes(text.length()));
    char[] changed = text.toCharArray();
    for (int i = 0; i < changed.length; i++) {
      changed[i] ^= (char) (changed[i] >= from && changed[i] <= to ? 0x20 : 0);
    }
    return Value.of(new String(changed));
  }

  private static int offset(String text, long characters) {
    if (characters < 0 || characters > text.codePointCount(0, text.length())) {
      throw new CelException("index out of range: " + characters);
    }
    return text.offsetByCodePoints(0, (int) characters);
  }

  /// Where a search begins: at the end of the text when it is asked to begin behind it.
  private static int clamped(String text, long characters) {
    return offset(text, Math.min(characters, text.codePointCount(0, text.length())));
  }

  /// Without what Unicode calls white at both ends.
  private static String trimmed(String text) {
    int from = 0;
    int to = text.length();
    while (from < to && isWhite(text.charAt(from))) {
      from++;
    }
    while (from < to && isWhite(text.charAt(to - 1))) {
      to--;
    }
    return text.substring(from, to);
  }

  private static boolean isWhite(char c) {
    return Character.isSpaceChar(c) || (c >= '\t' && c <= '\r') || c == '\u0085';
  }

  /// In double quotes; what cannot be printed stays, but for what has an escape of one letter.
  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
    for (int i = 0; i < text.length(); i++) {
      int escape = ESCAPED.indexOf(text.charAt(i));
      if (escape < 0) {
        quoted.append(text.charAt(i));
      } else {
        quoted.append('\\').append(ESCAPES.charAt(escape));
      }
    }
    return quoted.append('"').toString();
  }

  private static Value position(String text, int offset) {
    return Value.of(offset < 0 ? -1 : text.codePointCount(0, offset));
  }

  private static Value charAt(String text, long position) {
    int from = offset(text, position);
    return Value.of(from == text.length() ? "" : Character.toString(text.codePointAt(from)));
  }

  private static Value indexOf(Activation frame, Value[] given) {
    if (given[0] instanceof Value.ListValue(List<Value> items)) {
      return ListFunctions.indexOf(frame, items, given[1]);
    }
    String text = text(given, 0);
    long asked = given.length > 2 ? number(given, 2) : 0;
    int from = clamped(text, asked);
    boolean beyond = from == text.length() && !text(given, 1).isEmpty();
    return beyond ? Value.of(-1) : position(text, text.indexOf(text(given, 1), from));
  }

  private static Value lastIndexOf(Activation frame, Value[] given) {
    if (given[0] instanceof Value.ListValue(List<Value> items)) {
      return ListFunctions.lastIndexOf(frame, items, given[1]);
    }
    String text = text(given, 0);
    if (given.length == 2) {
      return position(text, text.lastIndexOf(text(given, 1)));
    }
    int from = clamped(text, number(given, 2));
    boolean beyond = from == text.length() && !text(given, 1).isEmpty();
    return beyond ? Value.of(-1) : position(text, text.lastIndexOf(text(given, 1), from));
  }

  private static Value substring(Activation frame, Value[] given) {
    String text = text(given, 0);
    long to = given.length > 2 ? number(given, 2) : -1;
    int end = given.length > 2 ? offset(text, to) : text.length();
    int start = offset(text, number(given, 1));
    if (start > end) {
      throw new CelException(
          "invalid substring range. start: %d, end: %d".formatted(number(given, 1), to));
    }
    return made(frame, text.substring(start, end));
  }

  /// How large the result is is counted before it is made.
  private static Value replace(Activation frame, Value[] given) {
    String text = text(given, 0);
    String old = text(given, 1);
    String next = text(given, 2);
    long most = given.length > 3 ? number(given, 3) : -1;
    long times = occurrences(text, old, most);
    frame.allocate(bytes(text.length() + times * next.length()));
    StringBuilder out = new StringBuilder();
    int from = 0;
    for (long done = 0; done < times; done++) {
      int at = old.isEmpty() ? after(text, from, done) : text.indexOf(old, from);
      out.append(text, from, at).append(next);
      from = at + old.length();
    }
    return Value.of(out.append(text, from, text.length()).toString());
  }

  /// Nothing stands before the first character and after each.
  private static int after(String text, int from, long done) {
    return done == 0 ? 0 : text.offsetByCodePoints(from, 1);
  }

  private static long occurrences(String text, String old, long most) {
    long count = 0;
    if (old.isEmpty()) {
      count = text.codePointCount(0, text.length()) + 1L;
      return most < 0 ? count : Math.min(count, most);
    }
    for (int at = text.indexOf(old);
        at >= 0 && (most < 0 || count < most);
        at = text.indexOf(old, at + old.length())) {
      count++;
    }
    return count;
  }

  private static Value split(Activation frame, Value[] given) {
    String text = text(given, 0);
    String separator = text(given, 1);
    long most = given.length > 2 ? number(given, 2) : -1;
    List<Value> parts = new ArrayList<>();
    int from = 0;
    while (most != 0) {
      boolean last = most >= 0 && parts.size() >= most - 1;
      int at = last ? -1 : end(text, separator, from);
      if (at < 0) {
        break;
      }
      frame.allocate(bytes(at - from));
      parts.add(Value.of(text.substring(from, at)));
      from = at + separator.length();
    }
    if (most != 0 && !(separator.isEmpty() && from == text.length())) {
      frame.allocate(bytes(text.length() - from));
      parts.add(Value.of(text.substring(from)));
    }
    return new Value.ListValue(parts);
  }

  /// Where the part ends that begins at `from`; -1 when it is the last one.
  private static int end(String text, String separator, int from) {
    if (separator.isEmpty()) {
      return from == text.length() ? -1 : text.offsetByCodePoints(from, 1);
    }
    return text.indexOf(separator, from);
  }
}
