package dev.pintle.kube.cel;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/// Equality and order of values; numbers are compared by what they are worth, whatever their type.
final class Comparison {
  private Comparison() {}

  static boolean equal(Value left, Value right) {
    if (isNumber(left) && isNumber(right)) {
      return !isNaN(left) && !isNaN(right) && worth(left).compareTo(worth(right)) == 0;
    }
    return switch (left) {
      case Value.Items(List<Value> items) when right instanceof Value.Items(List<Value> others) ->
          equalItems(items, others);
      case Value.Fields(Map<Value, Value> entries)
          when right instanceof Value.Fields(Map<Value, Value> others) ->
          equalEntries(entries, others);
      case Value.Amount(var quantity) when right instanceof Value.Amount(var other) ->
          quantity.compareTo(other) == 0;
      default -> left.equals(right);
    };
  }

  private static boolean equalItems(List<Value> items, List<Value> others) {
    if (items.size() != others.size()) {
      return false;
    }
    for (int i = 0; i < items.size(); i++) {
      if (!equal(items.get(i), others.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean equalEntries(Map<Value, Value> entries, Map<Value, Value> others) {
    if (entries.size() != others.size()) {
      return false;
    }
    for (Map.Entry<Value, Value> entry : entries.entrySet()) {
      Value other = others.get(entry.getKey());
      if (other == null || !equal(entry.getValue(), other)) {
        return false;
      }
    }
    return true;
  }

  static int order(Value left, Value right) {
    if (isNumber(left) && isNumber(right)) {
      return isNaN(left) || isNaN(right)
          ? Double.compare(worth(left).doubleValue(), worth(right).doubleValue())
          : worth(left).compareTo(worth(right));
    }
    return switch (left) {
      case Value.Text(String a) when right instanceof Value.Text(String b) -> points(a, b);
      case Value.Bool(boolean a) when right instanceof Value.Bool(boolean b) ->
          Boolean.compare(a, b);
      case Value.Span(var a) when right instanceof Value.Span(var b) -> a.compareTo(b);
      case Value.Moment(var a) when right instanceof Value.Moment(var b) -> a.compareTo(b);
      case Value.Amount(var a) when right instanceof Value.Amount(var b) -> a.compareTo(b);
      default -> throw CelException.noOverload();
    };
  }

  /// By characters, not by the halves of a pair.
  private static int points(String left, String right) {
    int[] a = left.codePoints().toArray();
    int[] b = right.codePoints().toArray();
    return java.util.Arrays.compare(a, b);
  }

  private static boolean isNumber(Value value) {
    return value instanceof Value.Int || value instanceof Value.Uint || value instanceof Value.Real;
  }

  private static boolean isNaN(Value value) {
    return value instanceof Value.Real(double number)
        && (Double.isNaN(number) || Double.isInfinite(number));
  }

  private static BigDecimal worth(Value value) {
    return switch (value) {
      case Value.Int(long number) -> BigDecimal.valueOf(number);
      case Value.Uint(long bits) -> new BigDecimal(Long.toUnsignedString(bits));
      case Value.Real(double number) -> isNaN(value) ? BigDecimal.ZERO : new BigDecimal(number);
      default -> throw CelException.noOverload();
    };
  }
}
