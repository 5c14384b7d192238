package dev.pintle.kube.table;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import java.util.ArrayList;
import java.util.List;

/// The paths that columns use: `.spec.ports[*].port`, `.metadata.annotations['a\.b']`, `.items[0]`,
/// `.status.conditions[?(@.type=="Ready")].status`.
record JsonPath(List<Step> steps) {

  sealed interface Step {}

  record Name(String name) implements Step {}

  /// A step to an item.
  ///
  /// @param index from the end when negative
  record Index(int index) implements Step {}

  record Every() implements Step {}

  record Where(JsonPath path, String value, boolean equal) implements Step {
    boolean accepts(Json item) {
      return path.find(item).stream().anyMatch(there -> Values.scalar(there).equals(value))
          == equal;
    }
  }

  /// @throws IllegalArgumentException when the text is no such path
  static JsonPath parse(String text) {
    return new Parser(text).parse();
  }

  /// Everything the path leads to, in order.
  List<Json> find(Json start) {
    List<Json> found = List.of(start);
    for (Step step : steps) {
      List<Json> next = new ArrayList<>();
      for (Json at : found) {
        follow(step, at, next);
      }
      found = next;
    }
    return found;
  }

  private static void follow(Step step, Json at, List<Json> found) {
    switch (step) {
      case Name name -> {
        if (at instanceof JsonObject object && object.get(name.name()) instanceof Json value) {
          found.add(value);
        }
      }
      case Index index -> {
        if (at instanceof JsonArray list) {
          int position = index.index() < 0 ? index.index() + list.size() : index.index();
          if (position >= 0 && position < list.size()) {
            found.add(list.at(position));
          }
        }
      }
      case Every _ -> children(at, found);
      case Where where -> {
        List<Json> items = new ArrayList<>();
        children(at, items);
        items.stream().filter(where::accepts).forEach(found::add);
      }
    }
  }

  private static void children(Json at, List<Json> found) {
    if (at instanceof JsonArray list) {
      list.forEach(found::add);
    } else if (at instanceof JsonObject object) {
      object.forEach(field -> found.add(field.value()));
    }
  }

  private static final class Parser {
    private final String text;
    private int at;
    private final List<Step> steps = new ArrayList<>();

    Parser(String text) {
      this.text = text;
    }

    JsonPath parse() {
      if (text.startsWith("$")) {
        at = 1;
      }
      while (at < text.length()) {
        switch (text.charAt(at)) {
          case '.' -> name();
          case '[' -> bracket();
          default -> throw bad();
        }
      }
      return new JsonPath(List.copyOf(steps));
    }

    private void name() {
      at++;
      StringBuilder name = new StringBuilder();
      while (at < text.length() && text.charAt(at) != '.' && text.charAt(at) != '[') {
        if (text.charAt(at) == '\\' && at + 1 < text.length()) {
          at++;
        }
        name.append(text.charAt(at++));
      }
      if (!name.isEmpty()) {
        steps.add(name.toString().equals("*") ? new Every() : new Name(name.toString()));
      }
    }

    private void bracket() {
      int end = closing();
      String inside = text.substring(at + 1, end).strip();
      at = end + 1;
      if (inside.equals("*")) {
        steps.add(new Every());
      } else if (inside.startsWith("?(") && inside.endsWith(")")) {
        steps.add(filter(inside.substring(2, inside.length() - 1)));
      } else if (inside.startsWith("'") || inside.startsWith("\"")) {
        steps.add(new Name(unquoted(inside).replace("\\.", ".")));
      } else {
        steps.add(new Index(Integer.parseInt(inside)));
      }
    }

    private int closing() {
      char quote = 0;
      for (int i = at + 1; i < text.length(); i++) {
        char c = text.charAt(i);
        if (quote != 0) {
          quote = c == quote ? 0 : quote;
        } else if (c == '\'' || c == '"') {
          quote = c;
        } else if (c == ']') {
          return i;
        }
      }
      throw bad();
    }

    private Where filter(String condition) {
      boolean equal = condition.contains("==");
      String[] sides = condition.split(equal ? "==" : "!=", 2);
      if (sides.length != 2 || !sides[0].strip().startsWith("@")) {
        throw bad();
      }
      return new Where(
          JsonPath.parse(sides[0].strip().substring(1)), unquoted(sides[1].strip()), equal);
    }

    private static String unquoted(String quoted) {
      return quoted.length() >= 2 && "'\"".indexOf(quoted.charAt(0)) >= 0
          ? quoted.substring(1, quoted.length() - 1)
          : quoted;
    }

    private IllegalArgumentException bad() {
      return new IllegalArgumentException(
          "%s: at %d (expected: a path such as .spec.name)".formatted(text, at));
    }
  }
}
