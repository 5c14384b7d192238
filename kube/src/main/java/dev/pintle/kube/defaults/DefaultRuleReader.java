package dev.pintle.kube.defaults;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.rule.RuleTable;
import dev.pintle.kube.rule.TableFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/// The reader of the table of defaults, whose form is told at its head.
final class DefaultRuleReader {
  private static final String TYPE_PREFIX = "io.k8s.";

  private final Supplier<Map<String, NamedDefault>> named;
  private final Function<String, Json> json;

  private DefaultRuleReader(
      Supplier<Map<String, NamedDefault>> named, Function<String, Json> json) {
    this.named = named;
    this.json = json;
  }

  /// The rules by the name of the type, each read when it is needed.
  ///
  /// @param named those in code, asked for when the first one is called
  /// @param json reads one JSON value
  static RuleTable<DefaultRule> readLater(
      TableFile file, Supplier<Map<String, NamedDefault>> named, Function<String, Json> json) {
    DefaultRuleReader reader = new DefaultRuleReader(named, json);
    return RuleTable.readLater(file, DefaultRuleReader::types, reader::rule);
  }

  private static List<String> types(String heading) {
    return RuleTable.names(heading).stream().map(TYPE_PREFIX::concat).toList();
  }

  private DefaultRule rule(String line) {
    if (RuleTable.isCall(line)) {
      return new DefaultRule.Call(RuleTable.called(line, named.get()));
    }
    int equals = line.indexOf(" = ");
    int condition = line.indexOf(" if ");
    String value =
        condition < 0 ? line.substring(equals + 3) : line.substring(equals + 3, condition);
    List<DefaultRule.Condition> conditions =
        condition < 0 ? List.of() : conditions(line.substring(condition + 4));
    List<String> path = RuleTable.path(line.substring(0, equals));
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
                RuleTable.path(part.substring(0, equals)), json.apply(part.substring(equals + 3))));
      } else if (part.startsWith("no ")) {
        conditions.add(new DefaultRule.Absent(RuleTable.path(part.substring(3))));
      } else {
        conditions.add(new DefaultRule.Present(RuleTable.path(part)));
      }
    }
    return List.copyOf(conditions);
  }
}
