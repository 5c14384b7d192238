package dev.pintle.kube.admission.policy;

import dev.pintle.kube.admission.expression.ConditionMatcher;
import dev.pintle.kube.cel.AdmissionExpressions.Result;
import dev.pintle.kube.cel.AdmissionExpressions.Surroundings;
import dev.pintle.kube.cel.AdmissionProgram;
import dev.pintle.kube.cel.AdmissionPrograms;
import dev.pintle.kube.object.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The compiled expressions of a ValidatingAdmissionPolicy.
///
/// @param variables its named values, by name
record ValidatingProgram(
    ConditionMatcher conditions,
    List<Validation> validations,
    List<AuditAnnotation> annotations,
    Map<String, AdmissionProgram> variables,
    boolean ignoresFailures) {

  /// A condition that has to hold.
  ///
  /// @param told makes the message when it does not; null when nothing does
  /// @param message when none is made; may be empty
  record Validation(
      AdmissionProgram expression,
      @Nullable AdmissionProgram told,
      String message,
      String reason) {}

  /// A value that the audit record is told.
  record AuditAnnotation(String key, AdmissionProgram value) {}

  static ValidatingProgram compile(JsonObject spec) {
    boolean params = spec.object("paramKind") != null;
    boolean ignores = "Ignore".equals(spec.text("failurePolicy"));
    AdmissionPrograms programs = new AdmissionPrograms(true);
    Surroundings asking = new Surroundings(params, true, false);
    for (JsonObject variable : spec.objects("variables")) {
      programs.define(variable.textOrEmpty("name"), variable.textOrEmpty("expression"), asking);
    }
    List<Validation> validations = new ArrayList<>();
    for (JsonObject validation : spec.objects("validations")) {
      validations.add(validation(validation, programs, params));
    }
    List<AuditAnnotation> annotations = new ArrayList<>();
    for (JsonObject annotation : spec.objects("auditAnnotations")) {
      String expression = annotation.textOrEmpty("valueExpression");
      annotations.add(
          new AuditAnnotation(
              annotation.textOrEmpty("key"),
              programs.compile(expression, asking, Result.TEXT_OR_NULL)));
    }
    return new ValidatingProgram(
        ConditionMatcher.of(spec.objects("matchConditions"), programs, params, ignores),
        List.copyOf(validations),
        List.copyOf(annotations),
        programs.variables(),
        ignores);
  }

  private static Validation validation(
      JsonObject validation, AdmissionPrograms programs, boolean params) {
    String told = validation.textOrEmpty("messageExpression");
    String reason = validation.textOrEmpty("reason");
    return new Validation(
        programs.compile(
            validation.textOrEmpty("expression"),
            new Surroundings(params, true, false),
            Result.TRUTH),
        told.isEmpty()
            ? null
            : programs.compile(told, new Surroundings(params, false, false), Result.TEXT),
        validation.textOrEmpty("message"),
        reason.isEmpty() ? "Invalid" : reason);
  }
}
