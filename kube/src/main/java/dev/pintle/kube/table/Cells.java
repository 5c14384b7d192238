package dev.pintle.kube.table;

import dev.pintle.kube.object.Json;
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
        : typed(JsonPath.parse(expression), column.type());
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

  /// As custom resources show values: null where there is none or it is of another type; dates as ages.
  private static Cell typed(JsonPath path, String type) {
    return (object, now) -> {
      List<Json> found = path.find(object);
      if (found.isEmpty()) {
        return Json.NULL;
      }
      Json value = found.getFirst();
      return switch (type) {
        case "integer" -> value instanceof Json.Whole ? value : Json.NULL;
        case "number" ->
            value instanceof Json.Whole || value instanceof Json.Decimal ? value : Json.NULL;
        case "boolean" -> value instanceof Json.Bool ? value : Json.NULL;
        case "date" -> Json.of(Ages.since(Values.time(value), now));
        default -> Json.of(String.join(",", found.stream().map(Values::scalar).toList()));
      };
    };
  }

  /// What a row says of the object as a whole, for those kinds that come to an end.
  static Optional<String> endOf(String phase) {
    return phase.equals("Succeeded") || phase.equals("Failed")
        ? Optional.of(phase)
        : Optional.empty();
  }
}
