package dev.pintle.kube.definition;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A place in a schema that a path such as `.spec.color` or `['a b'].c` names.
///
/// @param names on the way
/// @param schema what is there, null when there is a problem
/// @param problem why the path names nothing, empty when it does
record FieldReference(List<String> names, @Nullable JsonSchemaProps schema, String problem) {
  private static final String NO_FIELD = "does not refer to a valid field";
  private static final String TOO_SHORT = "unexpected end of JSON path";

  static FieldReference find(String path, JsonSchemaProps schema, boolean brackets) {
    List<String> names = new ArrayList<>();
    JsonSchemaProps at = schema;
    List<String> tokens = tokens(path);
    int i = 0;
    while (i < tokens.size()) {
      String token = tokens.get(i);
      boolean bracket = token.equals("[");
      if (bracket && !brackets) {
        return problem("array notation is not allowed");
      }
      if (!bracket && !token.equals(".")) {
        return problem("expected [ or . but got: " + token);
      }
      if (i + 1 >= tokens.size()) {
        return problem(TOO_SHORT);
      }
      String name = tokens.get(i + 1);
      if (bracket) {
        if (name.length() < 2 || !name.startsWith("'") || !name.endsWith("'")) {
          return problem("expected single quoted string but got " + name);
        }
        name = name.substring(1, name.length() - 1).replace("\\'", "'");
      }
      JsonSchemaProps next = child(at, name);
      if (next == null) {
        return problem(NO_FIELD);
      }
      if (bracket && (i + 2 >= tokens.size() || !tokens.get(i + 2).equals("]"))) {
        return problem(
            i + 2 >= tokens.size() ? TOO_SHORT : "expected ] but got " + tokens.get(i + 2));
      }
      names.add(name);
      at = next;
      i += bracket ? 3 : 2;
    }
    return new FieldReference(names, at, "");
  }

  private static FieldReference problem(String what) {
    return new FieldReference(List.of(), null, what);
  }

  private static @Nullable JsonSchemaProps child(JsonSchemaProps schema, String name) {
    return schema.has("properties") ? schema.properties().get(name) : schema.additional();
  }

  /// The delimiters `.`, `[` and `]` by themselves, and what stands between them.
  private static List<String> tokens(String path) {
    List<String> tokens = new ArrayList<>();
    int from = 0;
    for (int i = 0; i < path.length(); i++) {
      if (path.charAt(from) == '\'') {
        if (i > from && path.charAt(i) == '\'' && path.charAt(i - 1) != '\\') {
          tokens.add(path.substring(from, i + 1));
          from = i + 1;
        }
      } else if (".[]".indexOf(path.charAt(i)) >= 0) {
        if (i > from) {
          tokens.add(path.substring(from, i));
        }
        tokens.add(path.substring(i, i + 1));
        from = i + 1;
      }
      if (from >= path.length()) {
        return tokens;
      }
    }
    tokens.add(path.substring(from));
    return tokens;
  }
}
