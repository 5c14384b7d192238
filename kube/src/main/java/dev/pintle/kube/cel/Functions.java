package dev.pintle.kube.cel;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The implementations of the language's functions. A function looks at the values for which of its forms is meant.
final class Functions {
  /// The code of a function: called with its target, if it has one, before its other arguments.
  interface Implementation {
    Value call(Activation frame, Value[] arguments);
  }

  private Functions() {}

  /// What the functions of the language do, by name.
  static Map<String, Implementation> library() {
    Map<String, Implementation> functions = new HashMap<>();
    Operators.addTo(functions);
    TypeConversions.addTo(functions);
    TextFunctions.addTo(functions);
    PatternFunctions.addTo(functions);
    ListFunctions.addTo(functions);
    TimeFunctions.addTo(functions);
    QuantityFunctions.addTo(functions);
    NetworkFunctions.addTo(functions);
    UrlFunctions.addTo(functions);
    VersionFunctions.addTo(functions);
    optionals(functions);
    functions.put("size", (_, given) -> sized(given[0]));
    return functions;
  }

  private static Value sized(Value value) {
    return switch (value) {
      case Value.Sized _ -> Value.of(CallCosts.size(value));
      case Value.Numeric _, Value.Temporal _, Value.Plain _, Value.OptionalValue _ ->
          throw CelException.noOverload();
    };
  }

  private static void optionals(Map<String, Implementation> functions) {
    functions.put("optional.none", (_, _) -> new Value.OptionalValue(Optional.empty()));
    functions.put("optional.of", (_, given) -> new Value.OptionalValue(Optional.of(given[0])));
    functions.put(
        "optional.ofNonZeroValue",
        (_, given) ->
            new Value.OptionalValue(isZero(given[0]) ? Optional.empty() : Optional.of(given[0])));
    functions.put("hasValue", (_, given) -> Value.of(held(given[0]).isPresent()));
    functions.put(
        "value",
        (_, given) ->
            held(given[0]).orElseThrow(() -> new CelException("optional.none() dereference")));
    Implementation unwrap = (_, given) -> ListFunctions.unwrapped(ListFunctions.items(given[0]));
    functions.put("optional.unwrap", unwrap);
    functions.put("unwrapOpt", unwrap);
  }

  static Optional<Value> held(Value value) {
    if (value instanceof Value.OptionalValue(Optional<Value> held)) {
      return held;
    }
    throw CelException.noOverload();
  }

  private static boolean isZero(Value value) {
    return switch (value) {
      case Value.NullValue _ -> true;
      case Value.Int(long number) -> number == 0;
      case Value.Uint(long bits) -> bits == 0;
      case Value.DoubleValue(double number) -> number == 0;
      case Value.Text(String text) -> text.isEmpty();
      case Value.Bytes(byte[] bytes) -> bytes.length == 0;
      case Value.Bool(boolean truth) -> !truth;
      case Value.ListValue(List<Value> items) -> items.isEmpty();
      case Value.MapValue(Map<Value, Value> entries) -> entries.isEmpty();
      case Value.DurationValue(var duration) -> duration.isZero();
      case Value.TimestampValue(var instant, _) -> instant.equals(TimeFunctions.FIRST);
      case Value.Extension(LibraryValue object) -> object.isZero();
      case Value.QuantityValue _, Value.OptionalValue _, Value.Type _ -> false;
    };
  }
}
