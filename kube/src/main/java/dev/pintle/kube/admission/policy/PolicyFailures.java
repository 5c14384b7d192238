package dev.pintle.kube.admission.policy;

/// The kinds of failures, as metrics tell them: by how their message begins, which is how upstream tells them apart.
final class PolicyFailures {
  static final String NONE = "no_error";

  private PolicyFailures() {}

  static String kind(PolicyDecision decision) {
    return decision.denies() || decision.failed() ? kind(decision.message()) : NONE;
  }

  static String kind(String message) {
    if (message.startsWith("compilation")) {
      return "compile_error";
    }
    return message.startsWith("validation failed due to running out of cost budget")
        ? "out_of_budget"
        : "invalid_error";
  }
}
