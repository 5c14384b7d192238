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

/// The compiled expressions of a MutatingAdmissionPolicy.
///
/// @param variables its named values, by name
record MutatingProgram(
    ConditionMatcher conditions,
    List<Mutation> mutations,
    Map<String, AdmissionProgram> variables) {

  /// One change of the object.
  ///
  /// @param applied whether the expression makes a part of an object, and not operations of a JSON patch
  record Mutation(boolean applied, AdmissionProgram expression) {}

  static MutatingProgram compile(JsonObject spec) {
    boolean params = spec.object("paramKind") != null;
    boolean ignores = "Ignore".equals(spec.text("failurePolicy"));
    AdmissionPrograms programs = new AdmissionPrograms(true);
    Surroundings asking = new Surroundings(params, true, false);
    for (JsonObject variable : spec.objects("variables")) {
      programs.define(variable.textOrEmpty("name"), variable.textOrEmpty("expression"), asking);
    }
    Surroundings making = new Surroundings(params, true, true);
    List<Mutation> mutations = new ArrayList<>();
    for (JsonObject mutation : spec.objects("mutations")) {
      boolean applied = "ApplyConfiguration".equals(mutation.text("patchType"));
      String expression =
          mutation
              .objectOrEmpty(applied ? "applyConfiguration" : "jsonPatch")
              .textOrEmpty("expression");
      Result wanted = applied ? Result.APPLIED : Result.OPERATIONS;
      mutations.add(new Mutation(applied, programs.compile(expression, making, wanted)));
    }
    return new MutatingProgram(
        ConditionMatcher.of(spec.objects("matchConditions"), programs, params, ignores),
        List.copyOf(mutations),
        programs.variables());
  }
}
