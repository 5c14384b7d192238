package dev.pintle.kube.validation;

import dev.pintle.kube.validation.Rules.Rule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The reader of the table of checks; its form is told at its head.
final class RuleTable {
  private final Map<String, NamedRule> named;
  private final Map<String, List<Rule>> rules = new HashMap<>();
  private List<String> headings = List.of();

  private RuleTable(Map<String, NamedRule> named) {
    this.named = named;
  }

  static Rules parse(Iterable<String> lines, Map<String, NamedRule> named) {
    RuleTable table = new RuleTable(named);
    int number = 0;
    for (String line : lines) {
      number++;
      try {
        table.line(line);
      } catch (RuntimeException e) {
        throw new IllegalArgumentException("line %d: %s".formatted(number, line.strip()), e);
      }
    }
    return new Rules(table.rules);
  }

  private void line(String line) {
    if (line.isBlank() || line.startsWith("#")) {
      return;
    }
    if (!line.startsWith(" ")) {
      headings = headings(line.strip());
      headings.forEach(heading -> rules.putIfAbsent(heading, new ArrayList<>()));
      return;
    }
    Rule rule = rule(line.strip());
    headings.forEach(heading -> rules.computeIfAbsent(heading, _ -> new ArrayList<>()).add(rule));
  }

  /// `create A, B` and `create, update A, B` are headings of each kind; anything else is the name of a type.
  private static List<String> headings(String line) {
    List<String> headings = new ArrayList<>();
    boolean ofKinds =
        line.startsWith("create ") || line.startsWith("update ") || line.startsWith("write ");
    int space = ofKinds ? line.indexOf(' ') : -1;
    for (String name : line.substring(space + 1).split("\\s*,\\s*", -1)) {
      switch (space < 0 ? "" : line.substring(0, space)) {
        case "" -> headings.add(name);
        case "write" -> {
          headings.add("create " + name);
          headings.add("update " + name);
        }
        default -> headings.add(line.substring(0, space + 1) + name);
      }
    }
    return headings;
  }

  private Rule rule(String text) {
    if (text.startsWith("call ")) {
      NamedRule rule = named.get(text.substring("call ".length()));
      if (rule == null) {
        throw new IllegalArgumentException(
            "%s (expected: one of %s)".formatted(text, named.keySet()));
      }
      return new Rule.Call(rule);
    }
    int space = text.indexOf(' ');
    List<String> path = List.of(text.substring(0, space).split("\\."));
    List<Check> checks = new ArrayList<>();
    for (String word : words(text.substring(space + 1))) {
      checks.add(CheckCatalog.parse(word));
    }
    return new Rule.Line(path.subList(0, path.size() - 1), path.getLast(), List.copyOf(checks));
  }

  /// The parts between commas outside quotes.
  static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    int start = 0;
    boolean quoted = false;
    for (int i = 0; i < text.length(); i++) {
      char character = text.charAt(i);
      quoted ^= character == '"';
      if (character == ',' && !quoted) {
        words.add(text.substring(start, i).strip());
        start = i + 1;
      }
    }
    words.add(text.substring(start).strip());
    return words;
  }
}
