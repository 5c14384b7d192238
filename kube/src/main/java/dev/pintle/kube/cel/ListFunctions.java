package dev.pintle.kube.cel;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Functions of lists.
final class ListFunctions {
  private ListFunctions() {}

  /// Null when the function is none of these.
  static @Nullable Value call(String function, List<Value> items, List<Value> arguments) {
    return switch (function + "/" + arguments.size()) {
      case "size/0" -> Value.of(items.size());
      case "isSorted/0" -> Value.of(isSorted(items));
      case "sum/0" -> sum(items);
      case "min/0" -> extreme(items, -1, "min");
      case "max/0" -> extreme(items, 1, "max");
      case "indexOf/1" -> Value.of(indexOf(items, arguments.getFirst(), false));
      case "lastIndexOf/1" -> Value.of(indexOf(items, arguments.getFirst(), true));
      case "join/0" -> Value.of(join(items, ""));
      case "join/1" -> Value.of(join(items, Conversions.toText(arguments.getFirst())));
      case "slice/2" -> slice(items, arguments);
      case "contains/1" -> Value.of(indexOf(items, arguments.getFirst(), false) >= 0);
      default -> null;
    };
  }

  private static boolean isSorted(List<Value> items) {
    for (int i = 1; i < items.size(); i++) {
      if (Comparison.order(items.get(i - 1), items.get(i)) > 0) {
        return false;
      }
    }
    return true;
  }

  private static Value sum(List<Value> items) {
    Value sum = items.isEmpty() ? Value.of(0) : items.getFirst();
    for (int i = 1; i < items.size(); i++) {
      sum = Operators.plus(sum, items.get(i));
    }
    return sum;
  }

  private static Value extreme(List<Value> items, int direction, String name) {
    if (items.isEmpty()) {
      throw new CelException(name + " called on empty list");
    }
    Value best = items.getFirst();
    for (Value item : items) {
      best = Comparison.order(item, best) * direction > 0 ? item : best;
    }
    return best;
  }

  private static long indexOf(List<Value> items, Value wanted, boolean last) {
    long found = -1;
    for (int i = 0; i < items.size(); i++) {
      if (Comparison.equal(items.get(i), wanted)) {
        if (!last) {
          return i;
        }
        found = i;
      }
    }
    return found;
  }

  private static String join(List<Value> items, String separator) {
    StringBuilder joined = new StringBuilder();
    for (int i = 0; i < items.size(); i++) {
      joined.append(i == 0 ? "" : separator).append(Conversions.toText(items.get(i)));
    }
    return joined.toString();
  }

  private static Value slice(List<Value> items, List<Value> arguments) {
    if (arguments.getFirst() instanceof Value.Int(long from)
        && arguments.getLast() instanceof Value.Int(long to)) {
      if (from < 0 || to > items.size() || from > to) {
        throw new CelException("cannot slice(%d, %d)".formatted(from, to));
      }
      return new Value.Items(items.subList((int) from, (int) to));
    }
    throw CelException.noOverload();
  }
}
