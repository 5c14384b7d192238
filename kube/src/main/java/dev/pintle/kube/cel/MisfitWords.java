package dev.pintle.kube.cel;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// The words for values that do not fit the function that they are given to: most functions are named with what they were
/// given, those that are as old as the language are not.
final class MisfitWords {
  private static final Set<String> SILENT =
      Set.of("contains", "startsWith", "endsWith", "matches", "sum", "@in", "!_", "-_");
  private static final Set<String> ORDERS = Set.of("_<_", "_<=_", "_>_", "_>=_");

  private MisfitWords() {}

  static CelException of(String function, Value[] given) {
    boolean named = function.equals("size") || (ORDERS.contains(function) && !isOrdered(given[0]));
    if (named) {
      return new CelException(CelException.NO_OVERLOAD + ": " + function);
    }
    if (SILENT.contains(function) || function.startsWith("_")) {
      return CelException.noOverload();
    }
    List<String> types = new ArrayList<>();
    for (Value value : given) {
      types.add(value.type());
    }
    return new CelException(
        "%s: %s(%s)".formatted(CelException.NO_OVERLOAD, function, String.join(", ", types)));
  }

  private static boolean isOrdered(Value value) {
    return switch (value) {
      case Value.Numeric _, Value.Temporal _, Value.Text _, Value.Bytes _, Value.Bool _ -> true;
      case Value.ListValue _,
          Value.MapValue _,
          Value.NullValue _,
          Value.QuantityValue _,
          Value.Extension _,
          Value.OptionalValue _,
          Value.Type _ ->
          false;
    };
  }
}
