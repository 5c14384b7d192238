package dev.pintle.kube.admission.policy;

import dev.pintle.kube.admission.policy.MutatingProgram.Mutation;
import dev.pintle.kube.cel.AdmissionResult;
import dev.pintle.kube.cel.AdmissionRun;
import dev.pintle.kube.cel.CelException;
import dev.pintle.kube.cel.Effort;
import dev.pintle.kube.cel.OutOfBudget;
import dev.pintle.kube.object.Json;

/// One evaluation of a mutation. It changes nothing, so that it can be done again.
final class PolicyMutator {
  private PolicyMutator() {}

  /// What a mutation makes: a part of an object, or the operations of a JSON patch.
  ///
  /// @throws PolicyFault when it makes nothing that can be applied
  /// @throws dev.pintle.kube.cel.TooMuchEffort when a quick effort does not suffice
  static Json evaluate(
      MutatingProgram program, Mutation mutation, PolicyInvocation invocation, Effort effort) {
    if (!mutation.expression().fault().isEmpty()) {
      throw new PolicyFault(mutation.expression().fault());
    }
    AdmissionRun run =
        new AdmissionRun(invocation.asking(), program.variables(), AdmissionRun.BUDGET, effort);
    try {
      AdmissionResult result = run.run(mutation.expression());
      if (!result.problem().isEmpty()) {
        throw new PolicyFault(result.problem());
      }
      return mutation.applied() ? result.applied() : result.operations();
    } catch (OutOfBudget spent) {
      throw new PolicyFault(spent.getMessage());
    } catch (CelException unlike) {
      throw new PolicyFault(unlike.getMessage());
    }
  }
}
