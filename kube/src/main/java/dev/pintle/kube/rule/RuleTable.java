package dev.pintle.kube.rule;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/// A table of rules: which rules hold for which name. In the text a line without indentation is a heading,
/// which may stand for several names; the lines below it are the rules of each of them, in order.
///
/// @param <R> one rule
public final class RuleTable<R> {
  private static final String CALL = "call ";

  private final Map<String, List<R>> rules;

  private RuleTable(Map<String, List<R>> rules) {
    this.rules = Map.copyOf(rules);
  }

  /// @param headings the names that a heading stands for
  /// @param rule what a line below a heading means
  public static <R> RuleTable<R> read(
      TableFile file, Function<String, List<String>> headings, Function<String, R> rule) {
    Map<String, List<R>> rules = new HashMap<>();
    List<List<R>> current = new ArrayList<>();
    file.forEach(
        heading -> {
          current.clear();
          for (String name : headings.apply(heading)) {
            current.add(rules.computeIfAbsent(name, _ -> new ArrayList<>()));
          }
        },
        line -> {
          R read = rule.apply(line);
          current.forEach(list -> list.add(read));
        });
    return new RuleTable<>(rules);
  }

  public static <R> RuleTable<R> empty() {
    return new RuleTable<>(Map.of());
  }

  /// Everything that has a heading, in no order.
  public Set<String> headings() {
    return rules.keySet();
  }

  public boolean has(String name) {
    return rules.containsKey(name);
  }

  /// The rules of a name in order; none when it has no heading.
  public List<R> of(String name) {
    return rules.getOrDefault(name, List.of());
  }

  /// Whether a line is the call of a rule that is written in code: `call NAME`.
  public static boolean isCall(String line) {
    return line.startsWith(CALL);
  }

  /// The rule that a line calls.
  ///
  /// @param rules those in code, by name
  public static <N> N called(String line, Map<String, N> rules) {
    N rule = rules.get(line.substring(CALL.length()));
    if (rule == null) {
      throw new IllegalArgumentException(
          "%s (expected: one of %s)".formatted(line, rules.keySet()));
    }
    return rule;
  }

  /// The names of a heading that lists several.
  public static List<String> names(String heading) {
    return List.of(heading.split("\\s*,\\s*", -1));
  }

  /// The names of a path that are joined by dots; each the same text wherever it comes from, so that fields are found at a glance.
  public static List<String> path(String dotted) {
    List<String> names = new ArrayList<>();
    for (String name : dotted.split("\\.", -1)) {
      names.add(name.intern());
    }
    return List.copyOf(names);
  }
}
