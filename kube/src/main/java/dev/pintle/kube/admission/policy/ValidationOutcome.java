package dev.pintle.kube.admission.policy;

import java.util.List;

/// The outcome of asking a policy about a request with one set of parameters.
///
/// @param decisions one for each validation, or one for all where none was evaluated
record ValidationOutcome(List<PolicyDecision> decisions, List<Annotated> annotations) {
  /// The policy does not apply.
  static final ValidationOutcome NONE = new ValidationOutcome(List.of(), List.of());

  /// The outcome of an annotation of the audit record.
  ///
  /// @param value empty when nothing is to be told
  /// @param failure why there is no value and the request is refused; empty otherwise
  record Annotated(String key, String value, String failure, long nanos) {}

  static ValidationOutcome of(PolicyDecision decision) {
    return new ValidationOutcome(List.of(decision), List.of());
  }
}
