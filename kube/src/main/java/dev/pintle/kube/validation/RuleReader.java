package dev.pintle.kube.validation;

import dev.pintle.kube.rule.RuleTable;
import dev.pintle.kube.rule.TableFile;
import dev.pintle.kube.validation.Rules.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The reader of the table of checks, whose form is told at its head.
final class RuleReader {
  /// First words of the checks that nothing fails.
  private static final Set<String> OF_CONTENT =
      Set.of("not", "labels", "selector", "items", "each", "unique", "forbidden", "at");

  private final Function<String, @Nullable NamedRule> named;

  private RuleReader(Function<String, @Nullable NamedRule> named) {
    this.named = named;
  }

  /// Rules of which each is read when it is needed.
  ///
  /// @param named those in code; null for none of that name
  static RuleTable<Rule> readLater(TableFile file, Function<String, @Nullable NamedRule> named) {
    return RuleTable.readLater(file, RuleReader::headings, new RuleReader(named)::rule);
  }

  /// `create A, B` and `create, update A, B` are headings of each kind; anything else is the name of a type.
  private static List<String> headings(String line) {
    List<String> headings = new ArrayList<>();
    boolean ofKinds =
        line.startsWith("create ") || line.startsWith("update ") || line.startsWith("write ");
    int space = ofKinds ? line.indexOf(' ') : -1;
    for (String name : RuleTable.names(line.substring(space + 1))) {
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
    if (RuleTable.isCall(text)) {
      return new Rule.Call(RuleTable.called(text, named));
    }
    return line(text);
  }

  static Rule.Line line(String text) {
    int space = text.indexOf(' ');
    List<String> path = RuleTable.path(text.substring(0, space));
    List<String> words = words(text.substring(space + 1));
    List<Check> checks = new ArrayList<>();
    for (String word : words) {
      checks.add(CheckCatalog.parse(word));
    }
    return new Rule.Line(
        List.copyOf(path.subList(0, path.size() - 1)),
        path.getLast(),
        isSilent(words),
        List.copyOf(checks));
  }

  /// Whether the words say nothing of a field that is absent: the first one ends the line there, or none looks for more than what
  /// is there.
  private static boolean isSilent(List<String> words) {
    return words.getFirst().startsWith("if ") || words.stream().allMatch(RuleReader::isOfContent);
  }

  private static boolean isOfContent(String word) {
    int space = word.indexOf(' ');
    return OF_CONTENT.contains(space < 0 ? word : word.substring(0, space));
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
