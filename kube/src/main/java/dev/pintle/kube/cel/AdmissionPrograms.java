package dev.pintle.kube.cel;

import dev.pintle.kube.cel.AdmissionExpressions.Result;
import dev.pintle.kube.cel.AdmissionExpressions.Surroundings;
import java.util.LinkedHashMap;
import java.util.Map;

/// The maker of all expressions of one policy or webhook of admission. What it makes is immutable once the last named value is
/// defined.
public final class AdmissionPrograms {
  private final AdmissionExpressions expressions;
  private final Map<String, AdmissionProgram> variables = new LinkedHashMap<>();

  /// @param composed whether the expressions know the named values of their policy (`variables.a`)
  public AdmissionPrograms(boolean composed) {
    this.expressions = new AdmissionExpressions(composed);
  }

  /// Makes a value known to the expressions after it.
  public void define(String name, String text, Surroundings around) {
    variables.put(name, variable(name, text, around));
  }

  private AdmissionProgram variable(String name, String text, Surroundings around) {
    try {
      return AdmissionProgram.of(text, expressions.compileVariable(name, text, around));
    } catch (CelException wrong) {
      return AdmissionProgram.faulty(text, wrong.getMessage());
    }
  }

  /// An expression; one that is wrong says so when it is run.
  public AdmissionProgram compile(String text, Surroundings around, Result wanted) {
    try {
      return AdmissionProgram.of(text, expressions.compile(text, around, wanted));
    } catch (CelException wrong) {
      return AdmissionProgram.faulty(text, wrong.getMessage());
    }
  }

  /// The values that have a name, by it.
  public Map<String, AdmissionProgram> variables() {
    return Map.copyOf(variables);
  }
}
