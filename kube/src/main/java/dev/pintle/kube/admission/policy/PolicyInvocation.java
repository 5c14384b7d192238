package dev.pintle.kube.admission.policy;

import dev.pintle.kube.admission.expression.ExpressionInput;
import dev.pintle.kube.admission.expression.ExpressionInput.Params;
import dev.pintle.kube.admission.expression.ExpressionInput.Subject;
import dev.pintle.kube.admission.expression.ReviewedRequest;
import dev.pintle.kube.cel.AdmissionInput;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.store.ObjectView;
import org.jspecify.annotations.Nullable;

/// One question to a policy: a request in the form that the policy matches, with one set of parameters.
///
/// @param told of the request, as [ReviewedRequest] makes it; the same for all that match in one form
/// @param namespace of the object; null when it has none
/// @param view the store, for who may do what
record PolicyInvocation(
    ExpressionInput inputs,
    Subject subject,
    JsonObject told,
    Params params,
    @Nullable JsonObject namespace,
    ObjectView view) {
  static PolicyInvocation of(
      ExpressionInput inputs,
      Subject subject,
      Params params,
      @Nullable JsonObject namespace,
      ObjectView view) {
    JsonObject told = ReviewedRequest.of(subject.request(), subject.matched());
    return new PolicyInvocation(inputs, subject, told, params, namespace, view);
  }

  /// The same request and form, with other parameters.
  PolicyInvocation with(Params others) {
    return new PolicyInvocation(inputs, subject, told, others, namespace, view);
  }

  AdmissionInput forConditions() {
    return inputs.ofConditions(subject, params, view);
  }

  /// What expressions see that can ask about rights.
  AdmissionInput asking() {
    return inputs.asking(plain(), subject.request(), view);
  }

  /// What others see.
  AdmissionInput plain() {
    return inputs.input(subject, told, params, namespace);
  }
}
