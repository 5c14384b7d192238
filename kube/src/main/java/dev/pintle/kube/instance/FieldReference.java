package dev.pintle.kube.instance;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A place in a schema that a path such as `.spec.color` or `['a b'].c` names.
///
/// @param names on the way
/// @param text the path as errors show it: names after dots, keys of maps in brackets; empty when nothing was asked for
/// @param schema what is there, null when there is a problem, or when nothing is said of it
/// @param problem why the path names nothing, empty when it does
public record FieldReference<T>(
    List<String> names, String text, @Nullable T schema, String problem) {
  private static final String NO_FIELD = "does not refer to a valid field";
  private static final String TOO_SHORT = "unexpected end of JSON path";
  // Upstream reads no further where a token is as long as its buffer.
  private static final int TOKEN_BYTES_MAX = 64 * 1024;
  private static final String ESCAPES = "abfnrtv'\\";
  private static final String ESCAPED = "\u0007\b\f\n\r\t\u000b'\\";

  /// The steps from a schema to those of its parts.
  public interface Steps<T> {
    boolean hasProperties(T schema);

    @Nullable T property(T schema, String name);

    /// Whether free names are allowed, or said not to be.
    boolean hasAdditional(T schema);

    /// What the value of a free name is, null where nothing is said of it.
    @Nullable T additional(T schema);
  }

  /// @param brackets whether names may be written in brackets
  public static <T> FieldReference<T> find(
      String path, T schema, Steps<T> steps, boolean brackets) {
    return path.isEmpty()
        ? new FieldReference<>(List.of(), "", schema, "")
        : new Search<>(tokens(path), steps, brackets, schema).find();
  }

  private static final class Search<T> {
    private final List<String> tokens;
    private final Steps<T> steps;
    private final boolean brackets;
    private final List<String> names = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private @Nullable T at;
    private int next;

    Search(List<String> tokens, Steps<T> steps, boolean brackets, T schema) {
      this.tokens = tokens;
      this.steps = steps;
      this.brackets = brackets;
      this.at = schema;
    }

    FieldReference<T> find() {
      while (next < tokens.size()) {
        String problem = step();
        if (!problem.isEmpty()) {
          return new FieldReference<>(List.of(), "", null, problem);
        }
      }
      return new FieldReference<>(names, names.isEmpty() ? "<nil>" : text.toString(), at, "");
    }

    /// @return what is wrong with it, empty when nothing is
    private String step() {
      String token = tokens.get(next++);
      boolean bracket = token.equals("[");
      if (bracket && !brackets) {
        return "array notation is not allowed";
      }
      if (!bracket && !token.equals(".")) {
        return "expected [ or . but got: " + token;
      }
      if (next >= tokens.size()) {
        return TOO_SHORT;
      }
      String name = tokens.get(next++);
      if (!bracket) {
        return down(name);
      }
      if (name.length() < 2 || !name.startsWith("'") || !name.endsWith("'")) {
        return "expected single quoted string but got " + name;
      }
      String unescaped = unescaped(name.substring(1, name.length() - 1));
      String problem = unescaped == null ? "invalid string literal" : down(unescaped);
      return problem.isEmpty() ? closed() : problem;
    }

    private String closed() {
      if (next >= tokens.size()) {
        return TOO_SHORT;
      }
      String token = tokens.get(next++);
      return token.equals("]") ? "" : "expected ] but got " + token;
    }

    private String down(String name) {
      T from = at;
      if (from == null) {
        return NO_FIELD;
      }
      if (steps.hasProperties(from)) {
        at = steps.property(from, name);
        if (at == null) {
          return NO_FIELD;
        }
        text.append(names.isEmpty() ? "" : ".").append(name);
      } else if (steps.hasAdditional(from)) {
        at = steps.additional(from);
        text.append('[').append(name).append(']');
      } else {
        return NO_FIELD;
      }
      names.add(name);
      return "";
    }
  }

  /// @return null where something is escaped that needs not be
  private static @Nullable String unescaped(String quoted) {
    StringBuilder plain = new StringBuilder();
    for (int i = 0; i < quoted.length(); i++) {
      char c = quoted.charAt(i);
      if (c != '\\' || i + 1 == quoted.length() || quoted.charAt(i + 1) == '\n') {
        plain.append(c);
        continue;
      }
      int escape = ESCAPES.indexOf(quoted.charAt(++i));
      if (escape < 0) {
        return null;
      }
      plain.append(ESCAPED.charAt(escape));
    }
    return plain.toString();
  }

  /// The delimiters `.`, `[` and `]` by themselves, and what stands between them.
  private static List<String> tokens(String path) {
    List<String> tokens = new ArrayList<>();
    int from = 0;
    for (int i = 0; i < path.length(); i++) {
      int end = from;
      if (path.charAt(from) == '\'') {
        if (i > from && path.charAt(i) == '\'' && path.charAt(i - 1) != '\\') {
          end = i + 1;
        }
      } else if (".[]".indexOf(path.charAt(i)) >= 0) {
        if (i > from && !add(tokens, path.substring(from, i))) {
          return tokens;
        }
        from = i;
        end = i + 1;
      }
      if (end > from) {
        if (!add(tokens, path.substring(from, end))) {
          return tokens;
        }
        from = end;
      }
    }
    if (from < path.length()) {
      add(tokens, path.substring(from));
    }
    return tokens;
  }

  private static boolean add(List<String> tokens, String token) {
    boolean fits = token.getBytes(StandardCharsets.UTF_8).length < TOKEN_BYTES_MAX;
    return fits && tokens.add(token);
  }
}
