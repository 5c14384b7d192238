package dev.pintle.kube.admission.policy;

/// The decision of one validation of a policy on a request.
///
/// @param denies whether the request is to be refused, as far as the binding wants that
/// @param failed whether it could not be evaluated
/// @param message why it is denied, or what failed
/// @param reason for machines; empty where none is told
/// @param nanos that it took
record PolicyDecision(boolean denies, boolean failed, String message, String reason, long nanos) {
  static PolicyDecision admitted(long nanos) {
    return new PolicyDecision(false, false, "", "", nanos);
  }

  /// @param ignored whether the failure policy is `Ignore`
  static PolicyDecision failed(boolean ignored, String message, long nanos) {
    return new PolicyDecision(!ignored, true, message, "", nanos);
  }
}
