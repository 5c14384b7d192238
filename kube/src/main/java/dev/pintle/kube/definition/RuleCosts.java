package dev.pintle.kube.definition;

import dev.pintle.kube.validation.FieldPath;
import java.util.ArrayList;
import java.util.List;

/// The estimated costs of the expressions of one schema. Costs are unsigned and stop at the largest number there is.
final class RuleCosts {
  private static final long EXPRESSION_MAX = 10_000_000;
  private static final long SCHEMA_MAX = 100_000_000;
  private static final long BLAMED_MIN = SCHEMA_MAX / 100;
  private static final int BLAMED_MAX = 4;
  private static final long MOST = -1;

  private final boolean totalOnly;
  private final List<Expensive> expensive = new ArrayList<>();
  private long total;

  private record Expensive(FieldPath path, long cost) {}

  /// @param totalOnly whether single expressions may cost what they like, because the schema was accepted before
  RuleCosts(boolean totalOnly) {
    this.totalOnly = totalOnly;
  }

  static long times(long cost, long count) {
    return Math.unsignedMultiplyHigh(cost, count) == 0 ? cost * count : MOST;
  }

  /// Counts an expression in.
  ///
  /// @param name how the cost is called
  void add(FieldPath path, String name, long cost, DefinitionErrors found) {
    if (!totalOnly && Long.compareUnsigned(cost, EXPRESSION_MAX) > 0) {
      found.forbidden(path, exceeded(name, cost, EXPRESSION_MAX));
    }
    total = Long.compareUnsigned(total + cost, total) < 0 ? MOST : total + cost;
    if (Long.compareUnsigned(cost, BLAMED_MIN) >= 0) {
      expensive.add(new Expensive(path, cost));
      expensive.sort((one, other) -> Long.compareUnsigned(other.cost(), one.cost()));
      expensive.subList(Math.min(BLAMED_MAX, expensive.size()), expensive.size()).clear();
    }
  }

  /// Tells when all expressions together cost too much.
  void check(FieldPath schema, DefinitionErrors found) {
    if (Long.compareUnsigned(total, SCHEMA_MAX) <= 0) {
      return;
    }
    expensive.forEach(one ->
        found.forbidden(
            one.path(),
            "contributed to estimated rule cost total exceeding cost limit for entire OpenAPIv3 schema"));
    found.forbidden(
        schema,
        exceeded(
            "x-kubernetes-validations estimated rule cost total for entire OpenAPIv3 schema",
            total,
            SCHEMA_MAX));
  }

  private static String exceeded(String name, long cost, long limit) {
    double factor = (cost < 0 ? 2.0 * (cost >>> 1) : cost) / limit;
    String shown =
        factor > 100 ? "more than 100" : (factor < 1.5 ? "%f" : "%.1f").formatted(factor);
    return "%s exceeds budget by factor of %sx (try simplifying the rule, or adding maxItems, maxProperties, and maxLength where arrays, maps, and strings are declared)"
        .formatted(name, shown);
  }
}
