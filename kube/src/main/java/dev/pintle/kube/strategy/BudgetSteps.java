package dev.pintle.kube.strategy;

import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.strategy.StrategyStep.NamedStep;
import java.util.Map;
import java.util.Objects;

/// The steps of disruption budgets.
final class BudgetSteps {
  /// By which empty selectors of the oldest version are told from those of today.
  private static final String LABEL = "pdb.kubernetes.io/deprecated-v1beta1-empty-selector-match";

  private BudgetSteps() {}

  static Map<String, NamedStep> all() {
    return Map.of("labelOfOldDropped", BudgetSteps::labelOfOldDropped);
  }

  /// Of a selector that is not only there to match nothing.
  private static void labelOfOldDropped(JsonObject budget, JsonObject old) {
    JsonObject selector = budget.objectOrEmpty("spec").object("selector");
    JsonArray expressions = selector == null ? null : selector.array("matchExpressions");
    if (selector == null
        || expressions == null
        || Objects.equals(selector, old.objectOrEmpty("spec").object("selector"))
        || matchesNothing(selector, expressions)) {
      return;
    }
    expressions.removeIf(expression -> expression instanceof JsonObject one && isOfLabel(one));
    if (expressions.isEmpty()) {
      selector.remove("matchExpressions");
    }
  }

  private static boolean isOfLabel(JsonObject expression) {
    return expression.textOrEmpty("key").equals(LABEL);
  }

  private static boolean matchesNothing(JsonObject selector, JsonArray expressions) {
    return selector.objectOrEmpty("matchLabels").isEmpty()
        && expressions.size() == 1
        && expressions.at(0) instanceof JsonObject only
        && isOfLabel(only)
        && only.textOrEmpty("operator").equals("Exists")
        && only.arrayOrEmpty("values").isEmpty();
  }
}
