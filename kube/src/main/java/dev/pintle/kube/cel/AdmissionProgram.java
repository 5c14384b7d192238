package dev.pintle.kube.cel;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A compiled expression of admission, or what is wrong with it. Immutable, and run by any number of requests at once.
public final class AdmissionProgram {
  private final String text;
  private final AdmissionExpressions.@Nullable Compiled compiled;
  private final List<String> variables;
  private final String fault;

  private AdmissionProgram(
      String text, AdmissionExpressions.@Nullable Compiled compiled, String fault) {
    this.text = text;
    this.compiled = compiled;
    this.variables =
        compiled == null ? List.of() : List.copyOf(compiled.environment().variables().keySet());
    this.fault = fault;
  }

  static AdmissionProgram of(String text, AdmissionExpressions.Compiled compiled) {
    return new AdmissionProgram(text, compiled, "");
  }

  static AdmissionProgram faulty(String text, String fault) {
    return new AdmissionProgram(text, null, fault);
  }

  /// The expression as it was written.
  public String text() {
    return text;
  }

  /// What is wrong with the expression; empty when it can be run.
  public String fault() {
    return fault;
  }

  /// Runs it once.
  ///
  /// @param values of its variables, by name; what is not there is told when it is looked for
  Value run(Map<String, Value> values, Activations frames) {
    if (compiled == null) {
      throw new CelException(fault);
    }
    @Nullable Value[] slots = new Value[compiled.plan().slots()];
    for (int i = 0; i < variables.size(); i++) {
      slots[i] = values.get(variables.get(i));
    }
    Activation frame = new Activation(slots, frames.effort());
    try {
      return compiled.plan().step().run(frame);
    } finally {
      frames.ended(frame);
    }
  }

  /// A taker of what runs cost.
  interface Activations {
    /// Of one run at most.
    Effort effort();

    void ended(Activation frame);
  }
}
