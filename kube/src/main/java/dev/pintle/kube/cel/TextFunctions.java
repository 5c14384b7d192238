package dev.pintle.kube.cel;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/// Functions of texts. Positions count characters.
final class TextFunctions {
  private static final int PATTERNS_KEPT_MAX = 1_024;
  private static final Map<String, Pattern> PATTERNS = new ConcurrentHashMap<>();

  private TextFunctions() {}

  /// Null when the function is none of these.
  static @Nullable Value call(String function, String text, List<Value> arguments) {
    return switch (function + "/" + arguments.size()) {
      case "size/0" -> Value.of(text.codePointCount(0, text.length()));
      case "startsWith/1" -> Value.of(text.startsWith(string(arguments, 0)));
      case "endsWith/1" -> Value.of(text.endsWith(string(arguments, 0)));
      case "contains/1" -> Value.of(text.contains(string(arguments, 0)));
      case "matches/1" -> Value.of(pattern(string(arguments, 0)).matcher(text).find());
      case "lowerAscii/0" -> Value.of(ascii(text, false));
      case "upperAscii/0" -> Value.of(ascii(text, true));
      case "trim/0" -> Value.of(text.strip());
      case "reverse/0" -> Value.of(new StringBuilder(text).reverse().toString());
      case "charAt/1" -> charAt(text, number(arguments, 0));
      case "indexOf/1" -> index(text, text.indexOf(string(arguments, 0)));
      case "indexOf/2" ->
          index(text, text.indexOf(string(arguments, 0), offset(text, number(arguments, 1))));
      case "lastIndexOf/1" -> index(text, text.lastIndexOf(string(arguments, 0)));
      case "replace/2" -> Value.of(replace(text, arguments, -1));
      case "replace/3" -> Value.of(replace(text, arguments, number(arguments, 2)));
      case "split/1" -> split(text, string(arguments, 0), -1);
      case "split/2" -> split(text, string(arguments, 0), number(arguments, 1));
      case "substring/1" -> Value.of(text.substring(offset(text, number(arguments, 0))));
      case "substring/2" -> substring(text, number(arguments, 0), number(arguments, 1));
      case "find/1" -> find(text, string(arguments, 0));
      case "findAll/1" -> findAll(text, string(arguments, 0), -1);
      case "findAll/2" -> findAll(text, string(arguments, 0), number(arguments, 1));
      case "format/1" -> Value.of(Format.apply(text, arguments.getFirst()));
      default -> null;
    };
  }

  private static String string(List<Value> arguments, int position) {
    if (arguments.get(position) instanceof Value.Text(String text)) {
      return text;
    }
    throw CelException.noOverload();
  }

  private static long number(List<Value> arguments, int position) {
    if (arguments.get(position) instanceof Value.Int(long number)) {
      return number;
    }
    throw CelException.noOverload();
  }

  static Pattern pattern(String expression) {
    Pattern known = PATTERNS.get(expression);
    if (known != null) {
      return known;
    }
    try {
      Pattern pattern = Pattern.compile(expression);
      if (PATTERNS.size() < PATTERNS_KEPT_MAX) {
        PATTERNS.put(expression, pattern);
      }
      return pattern;
    } catch (PatternSyntaxException broken) {
      throw new CelException("error parsing regexp: " + broken.getDescription());
    }
  }

  private static String ascii(String text, boolean upper) {
    StringBuilder changed = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      String one = String.valueOf(c);
      changed.append(
          c >= 0x80 ? one : upper ? one.toUpperCase(Locale.ROOT) : one.toLowerCase(Locale.ROOT));
    }
    return changed.toString();
  }

  private static int offset(String text, long characters) {
    if (characters < 0 || characters > text.codePointCount(0, text.length())) {
      throw new CelException("index out of range: " + characters);
    }
    return text.offsetByCodePoints(0, (int) characters);
  }

  private static Value index(String text, int offset) {
    return Value.of(offset < 0 ? -1 : text.codePointCount(0, offset));
  }

  private static Value charAt(String text, long position) {
    int from = offset(text, position);
    return Value.of(
        from == text.length() ? "" : new String(Character.toChars(text.codePointAt(from))));
  }

  private static Value substring(String text, long from, long to) {
    int end = offset(text, to);
    int start = offset(text, from);
    if (start > end) {
      throw new CelException("invalid substring range. start: %d, end: %d".formatted(from, to));
    }
    return Value.of(text.substring(start, end));
  }

  private static String replace(String text, List<Value> arguments, long times) {
    String old = string(arguments, 0);
    String next = string(arguments, 1);
    StringBuilder out = new StringBuilder();
    int from = 0;
    for (long done = 0; times < 0 || done < times; done++) {
      int at = text.indexOf(old, from);
      if (at < 0 || old.isEmpty()) {
        break;
      }
      out.append(text, from, at).append(next);
      from = at + old.length();
    }
    return out.append(text.substring(from)).toString();
  }

  private static Value split(String text, String separator, long most) {
    List<Value> parts = new ArrayList<>();
    if (most == 0) {
      return new Value.Items(parts);
    }
    if (separator.isEmpty()) {
      text.codePoints().forEach(point -> parts.add(Value.of(new String(Character.toChars(point)))));
      return new Value.Items(parts);
    }
    int from = 0;
    for (int at = text.indexOf(separator);
        at >= 0 && (most < 0 || parts.size() < most - 1);
        at = text.indexOf(separator, from)) {
      parts.add(Value.of(text.substring(from, at)));
      from = at + separator.length();
    }
    parts.add(Value.of(text.substring(from)));
    return new Value.Items(parts);
  }

  private static Value find(String text, String expression) {
    Matcher matcher = pattern(expression).matcher(text);
    return Value.of(matcher.find() ? matcher.group() : "");
  }

  private static Value findAll(String text, String expression, long most) {
    List<Value> found = new ArrayList<>();
    Matcher matcher = pattern(expression).matcher(text);
    while ((most < 0 || found.size() < most) && matcher.find()) {
      found.add(Value.of(matcher.group()));
    }
    return new Value.Items(found);
  }
}
