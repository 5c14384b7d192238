package dev.pintle.kube.cel;

import dev.pintle.kube.cel.Functions.Implementation;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// The meaning of signs. Each knows which values it is for.
final class Operators {
  private Operators() {}

  static void addTo(Map<String, Implementation> functions) {
    functions.put(
        "_==_", (frame, given) -> Value.of(ValueComparison.equal(frame, given[0], given[1])));
    functions.put(
        "_!=_", (frame, given) -> Value.of(!ValueComparison.isEqual(frame, given[0], given[1])));
    functions.put("_<_", (frame, given) -> Value.of(order(frame, given) < 0));
    functions.put("_<=_", (frame, given) -> Value.of(order(frame, given) <= 0));
    functions.put("_>_", (frame, given) -> Value.of(order(frame, given) > 0));
    functions.put("_>=_", (frame, given) -> Value.of(order(frame, given) >= 0));
    functions.put("@in", (frame, given) -> Value.of(contains(frame, given[1], given[0])));
    functions.put("_+_", (frame, given) -> plus(frame, given[0], given[1]));
    functions.put("_-_", (_, given) -> minus(given[0], given[1]));
    for (String operator : new String[] {"*", "/", "%"}) {
      functions.put("_" + operator + "_", (_, given) -> numbers(operator, given[0], given[1]));
    }
    functions.put("!_", (_, given) -> Value.of(!Interpretable.isTrue(given[0])));
    functions.put("-_", (_, given) -> negated(given[0]));
  }

  private static int order(Activation frame, Value[] given) {
    return ValueComparison.order(frame, given[0], given[1]);
  }

  private static Value negated(Value value) {
    return switch (value) {
      case Value.Int(long number) -> Numbers.arithmetic("-", 0, number);
      case Value.DoubleValue(double number) -> new Value.DoubleValue(-number);
      case Value.DurationValue(var span) -> TimeFunctions.span(span.negated());
      case Value.Uint _,
          Value.Sized _,
          Value.TimestampValue _,
          Value.Plain _,
          Value.OptionalValue _ ->
          throw CelException.noOverload();
    };
  }

  private static boolean contains(Activation frame, Value holder, Value wanted) {
    return switch (holder) {
      case Value.ListValue(List<Value> items) -> ListFunctions.contains(frame, items, wanted);
      case Value.MapValue(Map<Value, Value> entries) -> {
        JsonAdapter.requireName(entries, wanted);
        yield ValueComparison.hasKey(entries, wanted);
      }
      case Value.Text _,
          Value.Bytes _,
          Value.Numeric _,
          Value.Temporal _,
          Value.Plain _,
          Value.OptionalValue _ ->
          throw CelException.noOverload();
    };
  }

  private static Value numbers(String operator, Value left, Value right) {
    return switch (left) {
      case Value.Int(long a) when right instanceof Value.Int(long b) ->
          Numbers.arithmetic(operator, a, b);
      case Value.Uint(long a) when right instanceof Value.Uint(long b) ->
          Numbers.unsigned(operator, a, b);
      case Value.DoubleValue(double a) when right instanceof Value.DoubleValue(double b) ->
          Numbers.arithmetic(operator, a, b);
      case Value.Sized _, Value.Numeric _, Value.Temporal _, Value.Plain _, Value.OptionalValue _ ->
          throw CelException.noOverload();
    };
  }

  static Value plus(Activation frame, Value left, Value right) {
    return switch (left) {
      case Value.Text(String a) when right instanceof Value.Text(String b) -> {
        frame.allocate(TextFunctions.bytes(a.length() + (long) b.length()));
        yield Value.of(a + b);
      }
      case Value.Bytes(byte[] a) when right instanceof Value.Bytes(byte[] b) -> {
        frame.allocate(a.length + (long) b.length);
        byte[] both = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, both, a.length, b.length);
        yield new Value.Bytes(both);
      }
      case Value.ListValue(List<Value> a) when right instanceof Value.ListValue(List<Value> b) ->
          new Value.ListValue(
              a instanceof KeyedList keyed ? keyed.with(frame, b) : ConcatList.of(a, b));
      case Value.DurationValue(var a) when right instanceof Value.DurationValue(var b) ->
          TimeFunctions.span(a.plus(b));
      case Value.TimestampValue a when right instanceof Value.DurationValue(var b) ->
          TimeFunctions.plus(a, b);
      case Value.DurationValue(var a) when right instanceof Value.TimestampValue b ->
          TimeFunctions.plus(b, a);
      case Value.Sized _, Value.Numeric _, Value.Temporal _, Value.Plain _, Value.OptionalValue _ ->
          numbers("+", left, right);
    };
  }

  private static Value minus(Value left, Value right) {
    return switch (left) {
      case Value.DurationValue(var a) when right instanceof Value.DurationValue(var b) ->
          TimeFunctions.span(a.minus(b));
      case Value.TimestampValue a when right instanceof Value.DurationValue(var b) ->
          TimeFunctions.plus(a, b.negated());
      case Value.TimestampValue(var a, _) when right instanceof Value.TimestampValue(var b, _) ->
          TimeFunctions.span(java.time.Duration.between(b, a));
      case Value.Sized _, Value.Numeric _, Value.Temporal _, Value.Plain _, Value.OptionalValue _ ->
          numbers("-", left, right);
    };
  }
}
