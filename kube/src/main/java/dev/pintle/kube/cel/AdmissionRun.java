package dev.pintle.kube.cel;

import dev.pintle.kube.object.GoText;
import java.util.AbstractMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The runs of expressions that look at the same values and live on the same budget. Named values are made when one of them looks at
/// them, and then kept; what that costs counts beside what the expression itself costs. For one thread.
public final class AdmissionRun {
  /// Of all validations of a policy for one binding, in upstream's units.
  public static final long BUDGET = 10_000_000;

  /// Of all conditions of a webhook or policy.
  public static final long CONDITIONS_BUDGET = 2_500_000;

  private static final int NESTED_MAX = 200;

  private final Map<String, Value> values;
  private final Map<String, AdmissionProgram> variables;
  private final Effort effort;
  private long left;
  private long named;
  private int nested;

  /// @param variables the named values, by name
  /// @param budget of all runs together, in upstream's units
  /// @param effort of each run; when a quick one does not suffice, a run throws [TooMuchEffort]
  public AdmissionRun(
      AdmissionInput input, Map<String, AdmissionProgram> variables, long budget, Effort effort) {
    this.values = new HashMap<>(input.values());
    this.variables = variables;
    this.effort = effort;
    this.left = effort == Effort.QUICK ? Math.min(budget, effort.costMax()) : budget;
    values.put("variables", new Value.MapValue(new NamedValues()));
  }

  /// What is left of the budget.
  public long left() {
    return left;
  }

  /// @throws OutOfBudget when the budget does not suffice; no more can be run then
  public AdmissionResult run(AdmissionProgram program) {
    if (!program.fault().isEmpty()) {
      return AdmissionResult.failed("compilation error: " + program.fault());
    }
    Spent own = new Spent();
    AdmissionResult result;
    try {
      result = AdmissionResult.of(program.run(values, own));
    } catch (CelException wrong) {
      requireEffort(wrong);
      result =
          AdmissionResult.failed(
              "expression '%s' resulted in error: %s"
                  .formatted(program.text(), wrong.getMessage()));
    }
    pay(named);
    named = 0;
    pay(own.cost);
    return result;
  }

  private void pay(long cost) {
    if (cost > left) {
      if (effort == Effort.QUICK) {
        throw new TooMuchEffort();
      }
      throw new OutOfBudget();
    }
    left -= cost;
  }

  private void requireEffort(CelException wrong) {
    if (effort == Effort.QUICK && wrong.isCancelled()) {
      throw new TooMuchEffort();
    }
  }

  private final class Spent implements AdmissionProgram.Activations {
    long cost;

    @Override
    public Effort effort() {
      return effort;
    }

    @Override
    public void ended(Activation frame) {
      cost = frame.cost();
    }
  }

  private Value named(String name, AdmissionProgram program) {
    if (!program.fault().isEmpty()) {
      throw new CelException(
          "composited variable %s fails to compile: %s"
              .formatted(GoText.quote(name), program.fault()));
    }
    if (++nested > NESTED_MAX) {
      throw new CelException("composited variables name one another too deeply");
    }
    Spent own = new Spent();
    try {
      return program.run(values, own);
    } catch (CelException wrong) {
      requireEffort(wrong);
      throw new CelException(
          "composited variable %s fails to evaluate: %s"
              .formatted(GoText.quote(name), wrong.getMessage()));
    } finally {
      nested--;
      named += own.cost;
    }
  }

  /// The named values, each made when it is looked at.
  private final class NamedValues extends AbstractMap<Value, Value> {
    private final Map<String, Value> made = new HashMap<>();
    private final Map<String, CelException> failed = new HashMap<>();

    @Override
    public @Nullable Value get(@Nullable Object key) {
      if (!(key instanceof Value.Text(String name))) {
        return null;
      }
      AdmissionProgram program = variables.get(name);
      if (program == null) {
        return null;
      }
      CelException problem = failed.get(name);
      if (problem != null) {
        throw problem;
      }
      Value known = made.get(name);
      return known != null ? known : make(name, program);
    }

    private Value make(String name, AdmissionProgram program) {
      try {
        Value value = named(name, program);
        made.put(name, value);
        return value;
      } catch (CelException wrong) {
        failed.put(name, wrong);
        throw wrong;
      }
    }

    @Override
    public boolean containsKey(@Nullable Object key) {
      return get(key) != null;
    }

    @Override
    public Set<Entry<Value, Value>> entrySet() {
      Map<Value, Value> all = new LinkedHashMap<>();
      variables.keySet().forEach(name -> all.put(Value.of(name), get(Value.of(name))));
      return all.entrySet();
    }
  }
}
