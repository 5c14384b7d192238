package dev.pintle.kube.strategy;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonReader;
import dev.pintle.kube.rule.RuleTable;
import dev.pintle.kube.rule.TableFile;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// The reader of the table of steps, whose form is told at its head.
final class StrategyStepReader {
  private final Supplier<Map<String, StrategyStep.NamedStep>> named;

  private StrategyStepReader(Supplier<Map<String, StrategyStep.NamedStep>> named) {
    this.named = named;
  }

  /// The steps by kind and time: `Pod create`, each read when it is needed.
  ///
  /// @param named those in code, asked for when the first one is called
  static RuleTable<StrategyStep> readLater(
      TableFile file, Supplier<Map<String, StrategyStep.NamedStep>> named) {
    return RuleTable.readLater(file, List::of, new StrategyStepReader(named)::step);
  }

  private StrategyStep step(String line) {
    if (RuleTable.isCall(line)) {
      return new StrategyStep.Call(RuleTable.called(line, named.get()));
    }
    int space = line.indexOf(' ');
    String rest = line.substring(space + 1);
    return switch (line.substring(0, space)) {
      case "set" -> {
        int equals = rest.indexOf(" = ");
        yield new StrategyStep.Set(
            RuleTable.path(rest.substring(0, equals)), json(rest.substring(equals + 3)));
      }
      case "drop" -> new StrategyStep.Drop(RuleTable.path(rest));
      case "keep" -> new StrategyStep.Keep(RuleTable.path(rest));
      default -> throw new IllegalArgumentException(line + " (expected: set, drop, keep or call)");
    };
  }

  private static Json json(String text) {
    return JsonReader.read(text.getBytes(StandardCharsets.UTF_8));
  }
}
