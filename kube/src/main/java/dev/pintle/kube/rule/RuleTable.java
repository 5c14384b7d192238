package dev.pintle.kube.rule;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A table of rules: which rules hold for which name. In the text a line without indentation is a heading,
/// which may stand for several names; the lines below it are the rules of each of them, in order.
///
/// @param <R> one rule
public final class RuleTable<R> {
  private static final String CALL = "call ";

  private final Map<String, List<TableLine>> lines;
  private final Function<String, R> rule;

  /// Those that somebody has asked for.
  private final Map<String, List<R>> rules = new ConcurrentHashMap<>();

  private RuleTable(Map<String, List<TableLine>> lines, Function<String, R> rule) {
    this.lines = Map.copyOf(lines);
    this.rule = rule;
  }

  /// @param headings the names that a heading stands for
  /// @param rule what a line below a heading means
  /// @throws IllegalArgumentException when a line cannot be read
  public static <R> RuleTable<R> read(
      TableFile file, Function<String, List<String>> headings, Function<String, R> rule) {
    RuleTable<R> table = readLater(file, headings, rule);
    table.readAll();
    return table;
  }

  /// As [#read], of which the rules of a name are read when they are asked for: few of a large table ever are, and a start need not wait for any.
  public static <R> RuleTable<R> readLater(
      TableFile file, Function<String, List<String>> headings, Function<String, R> rule) {
    Map<String, List<TableLine>> lines = new HashMap<>();
    List<List<TableLine>> current = new ArrayList<>();
    file.forEachLater(
        heading -> {
          current.clear();
          for (String name : headings.apply(heading)) {
            current.add(lines.computeIfAbsent(name, _ -> new ArrayList<>()));
          }
        },
        line -> current.forEach(list -> list.add(line)));
    return new RuleTable<>(lines, rule);
  }

  /// Reads what has not been read yet.
  ///
  /// @throws IllegalArgumentException when a line cannot be read
  public void readAll() {
    lines.keySet().forEach(this::of);
  }

  public static <R> RuleTable<R> empty() {
    return new RuleTable<>(
        Map.of(),
        line -> {
          throw new IllegalStateException(line);
        });
  }

  /// Everything that has a heading, in no order.
  public Set<String> headings() {
    return lines.keySet();
  }

  public boolean has(String name) {
    return lines.containsKey(name);
  }

  /// The rules of a name in order; none when it has no heading.
  public List<R> of(String name) {
    List<R> known = rules.get(name);
    if (known != null) {
      return known;
    }
    List<TableLine> unread = lines.get(name);
    if (unread == null) {
      return List.of();
    }
    List<R> read = new ArrayList<>(unread.size());
    for (TableLine line : unread) {
      read.add(line.read(rule));
    }
    known = List.copyOf(read);
    rules.put(name, known);
    return known;
  }

  /// Whether a line is the call of a rule that is written in code: `call NAME`.
  public static boolean isCall(String line) {
    return line.startsWith(CALL);
  }

  /// As [#called(String, Map)].
  ///
  /// @param rules answers null where there is none of a name
  public static <N> N called(String line, Function<String, @Nullable N> rules) {
    N rule = rules.apply(line.substring(CALL.length()));
    if (rule == null) {
      throw new IllegalArgumentException(line + " (expected: the name of a rule in code)");
    }
    return rule;
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
