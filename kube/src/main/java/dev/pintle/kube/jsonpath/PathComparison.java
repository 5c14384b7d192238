package dev.pintle.kube.jsonpath;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.Utf8Order;

/// Comparisons of values as Go's templates make them: of one kind only, whole numbers and others being two.
final class PathComparison {
  private PathComparison() {}

  static boolean holds(Json left, String operator, Json right) throws JsonPathException {
    return switch (operator) {
      case "==" -> isEqual(left, right);
      case "!=" -> !isEqual(left, right);
      case "<" -> order(left, right) < 0;
      case "<=" -> order(left, right) <= 0;
      case ">" -> order(left, right) > 0;
      case ">=" -> order(left, right) >= 0;
      default -> throw new JsonPathException("unrecognized filter operator " + operator);
    };
  }

  private static boolean isEqual(Json left, Json right) throws JsonPathException {
    if (left instanceof Json.Bool one && right instanceof Json.Bool other) {
      return one.value() == other.value();
    }
    return order(left, right) == 0;
  }

  private static int order(Json left, Json right) throws JsonPathException {
    if (left instanceof Json.Whole(var one) && right instanceof Json.Whole(var other)) {
      return Long.compare(one, other);
    }
    if (left instanceof Json.Decimal(var one, _) && right instanceof Json.Decimal(var other, _)) {
      return Double.compare(one, other);
    }
    if (left instanceof Json.Text(var one) && right instanceof Json.Text(var other)) {
      return Utf8Order.compare(one, other);
    }
    throw new JsonPathException("incompatible types for comparison");
  }
}
