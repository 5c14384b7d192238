package dev.pintle.kube.defaults;

import dev.pintle.kube.object.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/// The reader of the table of defaults; its form is told at its head.
final class DefaultsTable {
  private static final String TYPE_PREFIX = "io.k8s.";

  private final Map<String, NamedDefault> named;
  private final Function<String, Json> json;
  private final Map<String, List<DefaultRule>> rules = new HashMap<>();
  private List<String> types = List.of();

  /// @param json reads one JSON value
  private DefaultsTable(Map<String, NamedDefault> named, Function<String, Json> json) {
    this.named = named;
    this.json = json;
  }

  /// The rules by the name of the type.
  static Map<String, List<DefaultRule>> parse(
      Iterable<String> lines, Map<String, NamedDefault> named, Function<String, Json> json) {
    DefaultsTable table = new DefaultsTable(named, json);
    int number = 0;
    for (String line : lines) {
      number++;
      try {
        table.line(line);
      } catch (RuntimeException e) {
        throw new IllegalArgumentException("line %d: %s".formatted(number, line.strip()), e);
      }
    }
    return table.rules;
  }

  private void line(String line) {
    if (line.isBlank() || line.startsWith("#")) {
      return;
    }
    if (!line.startsWith(" ")) {
      types = List.of(line.strip().split("\\s*,\\s*", -1));
      return;
    }
    DefaultRule rule = rule(line.strip());
    for (String type : types) {
      rules.computeIfAbsent(TYPE_PREFIX + type, _ -> new ArrayList<>()).add(rule);
    }
  }

  private DefaultRule rule(String text) {
    if (text.startsWith("call ")) {
      NamedDefault rule = named.get(text.substring("call ".length()));
      if (rule == null) {
        throw new IllegalArgumentException(
            "%s (expected: one of %s)".formatted(text, named.keySet()));
      }
      return new DefaultRule.Call(rule);
    }
    int equals = text.indexOf(" = ");
    int condition = text.indexOf(" if ");
    String value =
        condition < 0 ? text.substring(equals + 3) : text.substring(equals + 3, condition);
    List<DefaultRule.Condition> conditions =
        condition < 0 ? List.of() : conditions(text.substring(condition + 4));
    List<String> path =
        Stream.of(text.substring(0, equals).split("\\.")).map(String::intern).toList();
    return new DefaultRule.Fill(
        path.subList(0, path.size() - 1), path.getLast(), json.apply(value), conditions);
  }

  private List<DefaultRule.Condition> conditions(String text) {
    List<DefaultRule.Condition> conditions = new ArrayList<>();
    for (String part : text.split(" and ", -1)) {
      int equals = part.indexOf(" = ");
      if (equals >= 0) {
        conditions.add(
            new DefaultRule.Equal(
                part.substring(0, equals), json.apply(part.substring(equals + 3))));
      } else if (part.startsWith("no ")) {
        conditions.add(new DefaultRule.Absent(part.substring(3)));
      } else {
        conditions.add(new DefaultRule.Present(part));
      }
    }
    return List.copyOf(conditions);
  }
}
