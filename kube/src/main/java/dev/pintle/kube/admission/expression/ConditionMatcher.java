package dev.pintle.kube.admission.expression;

import dev.pintle.kube.cel.AdmissionExpressions.Result;
import dev.pintle.kube.cel.AdmissionExpressions.Surroundings;
import dev.pintle.kube.cel.AdmissionInput;
import dev.pintle.kube.cel.AdmissionProgram;
import dev.pintle.kube.cel.AdmissionPrograms;
import dev.pintle.kube.cel.AdmissionResult;
import dev.pintle.kube.cel.AdmissionRun;
import dev.pintle.kube.cel.Effort;
import dev.pintle.kube.cel.OutOfBudget;
import dev.pintle.kube.object.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The `matchConditions` of a webhook or policy, compiled: all must hold for it to apply. Immutable, and asked by any number of requests at
/// once.
public final class ConditionMatcher {
  private final List<Condition> conditions;
  private final Map<String, AdmissionProgram> variables;
  private final boolean ignoresFailures;

  private record Condition(String name, AdmissionProgram program) {}

  /// The answer of the conditions.
  public sealed interface Match {
    /// All hold.
    record Holds() implements Match {}

    /// One does not hold, or one failed that failures are ignored of.
    ///
    /// @param condition the name of the one that does not hold; empty when one failed
    record Excludes(String condition) implements Match {}

    /// None is known not to hold, and some failed.
    ///
    /// @param failures how many
    record Failed(String message, int failures) implements Match {}
  }

  private ConditionMatcher(
      List<Condition> conditions,
      Map<String, AdmissionProgram> variables,
      boolean ignoresFailures) {
    this.conditions = List.copyOf(conditions);
    this.variables = variables;
    this.ignoresFailures = ignoresFailures;
  }

  /// Those of a webhook, which knows neither parameters nor named values.
  ///
  /// @param conditions as `matchConditions` has them
  /// @param ignoresFailures whether the failure policy is `Ignore`
  public static ConditionMatcher ofWebhook(List<JsonObject> conditions, boolean ignoresFailures) {
    return of(conditions, new AdmissionPrograms(false), false, ignoresFailures);
  }

  /// @param programs of the policy, with its named values
  /// @param params whether the policy has a kind of parameters
  public static ConditionMatcher of(
      List<JsonObject> conditions,
      AdmissionPrograms programs,
      boolean params,
      boolean ignoresFailures) {
    Surroundings around = new Surroundings(params, true, false);
    List<Condition> compiled = new ArrayList<>(conditions.size());
    for (JsonObject condition : conditions) {
      String expression = condition.textOrEmpty("expression");
      compiled.add(
          new Condition(
              condition.textOrEmpty("name"), programs.compile(expression, around, Result.TRUTH)));
    }
    return new ConditionMatcher(compiled, programs.variables(), ignoresFailures);
  }

  /// Whether there is nothing to ask.
  public boolean isEmpty() {
    return conditions.isEmpty();
  }

  /// @param input without the namespace, which conditions are not told
  /// @throws dev.pintle.kube.cel.TooMuchEffort when a quick effort does not suffice
  public Match match(AdmissionInput input, Effort effort) {
    AdmissionRun run = new AdmissionRun(input, variables, AdmissionRun.CONDITIONS_BUDGET, effort);
    List<String> failures = new ArrayList<>(0);
    String excluding = null;
    try {
      // All are run before one is looked at, so that a budget that does not suffice is always told.
      for (Condition condition : conditions) {
        AdmissionResult result = run.run(condition.program());
        if (!result.problem().isEmpty()) {
          failures.add(result.problem());
        } else if (result.isFalse() && excluding == null) {
          excluding = condition.name();
        }
      }
    } catch (OutOfBudget spent) {
      return ignoresFailures ? new Match.Excludes("") : new Match.Failed(spent.getMessage(), 0);
    }
    if (excluding != null) {
      return new Match.Excludes(excluding);
    }
    if (failures.isEmpty()) {
      return new Match.Holds();
    }
    return ignoresFailures
        ? new Match.Excludes("")
        : new Match.Failed(together(failures), failures.size());
  }

  /// As Go tells several failures as one: each once.
  private static String together(List<String> failures) {
    List<String> told = failures.stream().distinct().toList();
    return told.size() == 1 ? told.getFirst() : "[" + String.join(", ", told) + "]";
  }
}
