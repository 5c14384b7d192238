package dev.pintle.kube.cel;

import dev.pintle.kube.quantity.Quantity;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds the function of a call by its name and what it is called on.
final class Functions {
  /// Names of functions that stand alone.
  static final Set<String> ALONE =
      Set.of(
          "size",
          "int",
          "uint",
          "double",
          "string",
          "bool",
          "bytes",
          "dyn",
          "type",
          "duration",
          "timestamp",
          "quantity",
          "isQuantity",
          "matches");

  /// Names of functions that are called on something.
  static final Set<String> ON_VALUES =
      Set.of(
          "size",
          "startsWith",
          "endsWith",
          "contains",
          "matches",
          "lowerAscii",
          "upperAscii",
          "trim",
          "reverse",
          "charAt",
          "indexOf",
          "lastIndexOf",
          "replace",
          "split",
          "substring",
          "find",
          "findAll",
          "format",
          "isSorted",
          "sum",
          "min",
          "max",
          "join",
          "slice",
          "getFullYear",
          "getMonth",
          "getDayOfYear",
          "getDayOfMonth",
          "getDate",
          "getDayOfWeek",
          "getHours",
          "getMinutes",
          "getSeconds",
          "getMilliseconds",
          "hasValue",
          "value",
          "orValue",
          "or",
          "add",
          "sub",
          "isInteger",
          "asInteger",
          "isLessThan",
          "isGreaterThan",
          "compareTo",
          "sign");

  private Functions() {}

  static Value alone(String function, List<Value> arguments) {
    Value first = arguments.isEmpty() ? Constants.NULL : arguments.getFirst();
    if (arguments.size() == 1) {
      Value converted =
          function.equals("size")
              ? on(function, first, List.of())
              : Conversions.of(function, first);
      if (converted != null) {
        return converted;
      }
    }
    if (function.equals("matches") && arguments.size() == 2) {
      return on(function, first, arguments.subList(1, 2));
    }
    throw CelException.noOverload();
  }

  /// `optional.of(…)` and its like; null when the function is none of them.
  static @Nullable Value ofOptional(String function, List<Value> arguments) {
    return switch (function + "/" + arguments.size()) {
      case "none/0" -> new Value.Maybe(Optional.empty());
      case "of/1" -> new Value.Maybe(Optional.of(arguments.getFirst()));
      case "ofNonZeroValue/1" ->
          new Value.Maybe(
              isZero(arguments.getFirst()) ? Optional.empty() : Optional.of(arguments.getFirst()));
      default -> null;
    };
  }

  private static boolean isZero(Value value) {
    return switch (value) {
      case Value.Nothing _ -> true;
      case Value.Int(long number) -> number == 0;
      case Value.Uint(long bits) -> bits == 0;
      case Value.Real(double number) -> number == 0;
      case Value.Text(String text) -> text.isEmpty();
      case Value.Bool(boolean truth) -> !truth;
      case Value.Items(List<Value> items) -> items.isEmpty();
      case Value.Fields(Map<Value, Value> entries) -> entries.isEmpty();
      case Value.Bytes _,
          Value.Span _,
          Value.Moment _,
          Value.Amount _,
          Value.Maybe _,
          Value.Type _ ->
          false;
    };
  }

  static Value on(String function, Value target, List<Value> arguments) {
    Value result =
        switch (target) {
          case Value.Text(String text) -> TextFunctions.call(function, text, arguments);
          case Value.Items(List<Value> items) -> ListFunctions.call(function, items, arguments);
          case Value.Fields(Map<Value, Value> entries) when function.equals("size") ->
              Value.of(entries.size());
          case Value.Bytes(List<Byte> bytes) when function.equals("size") -> Value.of(bytes.size());
          case Value.Moment(var instant) ->
              Times.part(
                  instant,
                  function,
                  arguments.isEmpty() ? "" : Conversions.toText(arguments.getFirst()));
          case Value.Span(var span) -> Times.part(span, function);
          case Value.Maybe(var value) -> optional(function, value, arguments);
          case Value.Amount(var quantity) -> quantity(function, quantity, arguments);
          default -> null;
        };
    if (result == null) {
      throw CelException.noOverload();
    }
    return result;
  }

  private static @Nullable Value optional(
      String function, Optional<Value> value, List<Value> arguments) {
    return switch (function + "/" + arguments.size()) {
      case "hasValue/0" -> Value.of(value.isPresent());
      case "value/0" -> value.orElseThrow(() -> new CelException("optional.none() dereference"));
      case "orValue/1" -> value.orElse(arguments.getFirst());
      case "or/1" -> value.isPresent() ? new Value.Maybe(value) : arguments.getFirst();
      default -> null;
    };
  }

  private static @Nullable Value quantity(
      String function, Quantity quantity, List<Value> arguments) {
    if (arguments.size() != 1 || !(arguments.getFirst() instanceof Value.Amount(var other))) {
      return quantityAlone(function, quantity, arguments.size());
    }
    int order = quantity.compareTo(other);
    return switch (function) {
      case "isLessThan" -> Value.of(order < 0);
      case "isGreaterThan" -> Value.of(order > 0);
      case "compareTo" -> Value.of(Integer.signum(order));
      case "add" -> new Value.Amount(quantity.plus(other));
      case "sub" -> new Value.Amount(quantity.minus(other));
      default -> null;
    };
  }

  private static @Nullable Value quantityAlone(String function, Quantity quantity, int arguments) {
    if (arguments > 0) {
      return null;
    }
    return switch (function) {
      case "sign" -> Value.of(quantity.sign());
      case "isInteger" -> Value.of(quantity.isWhole());
      case "asInteger" -> Value.of(quantity.value());
      default -> null;
    };
  }
}
