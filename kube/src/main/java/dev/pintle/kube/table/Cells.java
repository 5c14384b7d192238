package dev.pintle.kube.table;

import dev.pintle.kube.schema.Column;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// The map from the expression of a column to the function that fills its cells.
final class Cells {
  private static final Map<String, Function<List<String>, Cell>> FUNCTIONS = new HashMap<>();

  static {
    FUNCTIONS.putAll(PlainCells.all());
    FUNCTIONS.putAll(PodCells.all());
    FUNCTIONS.putAll(NetworkCells.all());
    FUNCTIONS.putAll(NodeCells.all());
    FUNCTIONS.putAll(WorkloadCells.all());
    FUNCTIONS.putAll(EventCells.all());
    FUNCTIONS.putAll(StorageCells.all());
    FUNCTIONS.putAll(ControlCells.all());
  }

  private Cells() {}

  /// @throws IllegalArgumentException when the expression names no function of ours and is no path
  static Cell of(Column column) {
    String expression = column.expression();
    if (!expression.startsWith(".")) {
      return function(expression);
    }
    return isPlain(expression) && column.type().equals("string")
        ? PlainCells.path(expression)
        : CustomCells.of(column);
  }

  private static boolean isPlain(String expression) {
    return expression.length() > 1 && expression.indexOf('[') < 0 && expression.indexOf('\\') < 0;
  }

  private static Cell function(String expression) {
    int open = expression.indexOf('(');
    String name = open < 0 ? expression : expression.substring(0, open);
    List<String> arguments =
        open < 0
            ? List.of()
            : List.of(expression.substring(open + 1, expression.length() - 1).split("\\s*,\\s*"));
    Function<List<String>, Cell> function = FUNCTIONS.get(name);
    if (function == null) {
      throw new IllegalArgumentException(
          "%s: unknown (expected: a path or one of %s)".formatted(name, FUNCTIONS.keySet()));
    }
    return function.apply(arguments);
  }

  /// What a row says of the object as a whole, for those kinds that come to an end.
  static Optional<String> endOf(String phase) {
    return phase.equals("Succeeded") || phase.equals("Failed")
        ? Optional.of(phase)
        : Optional.empty();
  }
}
