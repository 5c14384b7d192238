package dev.pintle.kube.strategy;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The reader of the table of steps; its form is told at its head.
final class StepTable {
  private final Map<String, StrategyStep.NamedStep> named;
  private final Map<String, List<StrategyStep>> steps = new HashMap<>();
  private List<StrategyStep> current = new ArrayList<>();

  private StepTable(Map<String, StrategyStep.NamedStep> named) {
    this.named = named;
  }

  /// The steps by kind and time: `Pod create`.
  static Map<String, List<StrategyStep>> parse(
      Iterable<String> lines, Map<String, StrategyStep.NamedStep> named) {
    StepTable table = new StepTable(named);
    int number = 0;
    for (String line : lines) {
      number++;
      try {
        table.line(line);
      } catch (RuntimeException e) {
        throw new IllegalArgumentException("line %d: %s".formatted(number, line.strip()), e);
      }
    }
    return Map.copyOf(table.steps);
  }

  private void line(String line) {
    if (line.isBlank() || line.startsWith("#")) {
      return;
    }
    if (line.startsWith(" ")) {
      current.add(step(line.strip()));
    } else {
      current = steps.computeIfAbsent(line.strip(), _ -> new ArrayList<>());
    }
  }

  private StrategyStep step(String text) {
    int space = text.indexOf(' ');
    String rest = text.substring(space + 1);
    return switch (text.substring(0, space)) {
      case "set" -> {
        int equals = rest.indexOf(" = ");
        yield new StrategyStep.Set(
            path(rest.substring(0, equals)), json(rest.substring(equals + 3)));
      }
      case "drop" -> new StrategyStep.Drop(path(rest));
      case "keep" -> new StrategyStep.Keep(path(rest));
      case "call" -> new StrategyStep.Call(find(rest));
      default -> throw new IllegalArgumentException(text + " (expected: set, drop, keep or call)");
    };
  }

  private StrategyStep.NamedStep find(String name) {
    StrategyStep.NamedStep step = named.get(name);
    if (step == null) {
      throw new IllegalArgumentException(
          "%s (expected: one of %s)".formatted(name, named.keySet()));
    }
    return step;
  }

  private static List<String> path(String dotted) {
    return List.of(dotted.split("\\."));
  }

  private static Json json(String text) {
    return JsonReader.read(text.getBytes(StandardCharsets.UTF_8));
  }
}
