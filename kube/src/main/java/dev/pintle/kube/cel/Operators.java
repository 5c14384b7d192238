package dev.pintle.kube.cel;

import dev.pintle.kube.cel.Functions.Implementation;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// What signs mean. Each knows which values it is for.
final class Operators {
  private Operators() {}

  static void addTo(Map<String, Implementation> functions) {
    functions.put("_==_", (frame, given) -> Value.of(Comparison.equal(frame, given[0], given[1])));
    functions.put("_!=_", (frame, given) -> Value.of(!Comparison.equal(frame, given[0], given[1])));
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
    functions.put("!_", (_, given) -> Value.of(!Step.isTrue(given[0])));
    functions.put("-_", (_, given) -> negated(given[0]));
  }

  private static int order(Frame frame, Value[] given) {
    return Comparison.order(frame, given[0], given[1]);
  }

  private static Value negated(Value value) {
    return switch (value) {
      case Value.Int(long number) -> Numbers.arithmetic("-", 0, number);
      case Value.Real(double number) -> new Value.Real(-number);
      default -> throw CelException.noOverload();
    };
  }

  private static boolean contains(Frame frame, Value holder, Value wanted) {
    return switch (holder) {
      case Value.Items(List<Value> items) -> ListFunctions.contains(frame, items, wanted);
      case Value.Fields(Map<Value, Value> entries) -> Comparison.hasKey(entries, wanted);
      default -> throw CelException.noOverload();
    };
  }

  private static Value numbers(String operator, Value left, Value right) {
    return switch (left) {
      case Value.Int(long a) when right instanceof Value.Int(long b) ->
          Numbers.arithmetic(operator, a, b);
      case Value.Uint(long a) when right instanceof Value.Uint(long b) ->
          Numbers.unsigned(operator, a, b);
      case Value.Real(double a) when right instanceof Value.Real(double b) ->
          Numbers.arithmetic(operator, a, b);
      default -> throw CelException.noOverload();
    };
  }

  static Value plus(Frame frame, Value left, Value right) {
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
      case Value.Items(List<Value> a) when right instanceof Value.Items(List<Value> b) ->
          new Value.Items(Joined.of(a, b));
      case Value.Span(var a) when right instanceof Value.Span(var b) -> new Value.Span(a.plus(b));
      case Value.Moment(var a) when right instanceof Value.Span(var b) ->
          new Value.Moment(a.plus(b));
      case Value.Span(var a) when right instanceof Value.Moment(var b) ->
          new Value.Moment(b.plus(a));
      default -> numbers("+", left, right);
    };
  }

  private static Value minus(Value left, Value right) {
    return switch (left) {
      case Value.Span(var a) when right instanceof Value.Span(var b) -> new Value.Span(a.minus(b));
      case Value.Moment(var a) when right instanceof Value.Span(var b) ->
          new Value.Moment(a.minus(b));
      case Value.Moment(var a) when right instanceof Value.Moment(var b) ->
          new Value.Span(java.time.Duration.between(b, a));
      default -> numbers("-", left, right);
    };
  }
}
