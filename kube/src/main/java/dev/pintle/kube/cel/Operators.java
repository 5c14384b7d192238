package dev.pintle.kube.cel;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What signs mean.
final class Operators {
  private Operators() {}

  static Value apply(String operator, Value left, Value right) {
    return switch (operator) {
      case "==" -> Value.of(Comparison.equal(left, right));
      case "!=" -> Value.of(!Comparison.equal(left, right));
      case "<" -> Value.of(Comparison.order(left, right) < 0);
      case "<=" -> Value.of(Comparison.order(left, right) <= 0);
      case ">" -> Value.of(Comparison.order(left, right) > 0);
      case ">=" -> Value.of(Comparison.order(left, right) >= 0);
      case "in" -> Value.of(contains(right, left));
      case "+" -> plus(left, right);
      case "-" -> minus(left, right);
      default -> numbers(operator, left, right);
    };
  }

  static Value not(Value value) {
    if (value instanceof Value.Bool(boolean truth)) {
      return Value.of(!truth);
    }
    throw CelException.noOverload();
  }

  static Value negated(Value value) {
    return switch (value) {
      case Value.Int(long number) -> Numbers.arithmetic("-", 0, number);
      case Value.Real(double number) -> new Value.Real(-number);
      case Value.Span(var span) -> new Value.Span(span.negated());
      default -> throw CelException.noOverload();
    };
  }

  private static boolean contains(Value holder, Value wanted) {
    return switch (holder) {
      case Value.Items(List<Value> items) ->
          items.stream().anyMatch(item -> Comparison.equal(item, wanted));
      case Value.Fields(Map<Value, Value> entries) -> entries.containsKey(wanted);
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

  static Value plus(Value left, Value right) {
    return switch (left) {
      case Value.Text(String a) when right instanceof Value.Text(String b) -> Value.of(a + b);
      case Value.Items(List<Value> a) when right instanceof Value.Items(List<Value> b) -> {
        List<Value> all = new ArrayList<>(a);
        all.addAll(b);
        yield new Value.Items(all);
      }
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
