package dev.pintle.kube.cel;

import dev.pintle.kube.cel.Functions.Implementation;
import dev.pintle.kube.quantity.Quantity;
import java.util.Map;

/// Functions of quantities; comparisons are those of versions as well.
final class QuantityFunctions {
  private QuantityFunctions() {}

  private interface Order {
    Value of(int order);
  }

  static void addTo(Map<String, Implementation> functions) {
    functions.put("isLessThan", compared(order -> Value.of(order < 0)));
    functions.put("isGreaterThan", compared(order -> Value.of(order > 0)));
    functions.put("compareTo", compared(order -> Value.of(Integer.signum(order))));
    functions.put(
        "add",
        (_, given) -> new Value.QuantityValue(quantity(given[0]).plus(quantityOrInt(given[1]))));
    functions.put(
        "sub",
        (_, given) -> new Value.QuantityValue(quantity(given[0]).minus(quantityOrInt(given[1]))));
    functions.put("sign", (_, given) -> Value.of(quantity(given[0]).sign()));
    functions.put("isInteger", (_, given) -> Value.of(isInteger(quantity(given[0]))));
    functions.put("asInteger", (_, given) -> whole(quantity(given[0])));
    functions.put(
        "asApproximateFloat",
        (_, given) -> new Value.DoubleValue(quantity(given[0]).doubleValue()));
  }

  private static Implementation compared(Order order) {
    return (_, given) ->
        order.of(
            given[0] instanceof Value.Extension
                ? VersionFunctions.compare(given[0], given[1])
                : quantity(given[0]).compareTo(quantity(given[1])));
  }

  /// Whether 64 bits tell it exactly.
  private static boolean isInteger(Quantity quantity) {
    return quantity.isWhole() && quantity.compareTo(Quantity.of(quantity.value())) == 0;
  }

  private static Value whole(Quantity quantity) {
    if (!isInteger(quantity)) {
      throw new CelException("cannot convert value to integer");
    }
    return Value.of(quantity.value());
  }

  private static Quantity quantity(Value value) {
    if (value instanceof Value.QuantityValue(Quantity quantity)) {
      return quantity;
    }
    throw CelException.noOverload();
  }

  private static Quantity quantityOrInt(Value value) {
    return value instanceof Value.Int(long number) ? Quantity.of(number) : quantity(value);
  }
}
