package dev.pintle.kube.cel;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A part of an expression whose cost is estimated.
///
/// @param expression null for the items of a list that the expression does not name
/// @param path of fields, `@items`, `@keys` and `@values` from a variable on, empty when there is none
/// @param size null when the expression itself does not tell
record EstimatedNode(
    @Nullable Expression expression, List<String> path, CelType type, @Nullable SizeEstimate size) {

  /// The number that stands there, or something else when no number does.
  long number(long otherwise) {
    return expression instanceof Expression.Constant(_, Value.Int(long number))
        ? Math.max(number, 0)
        : otherwise;
  }
}
