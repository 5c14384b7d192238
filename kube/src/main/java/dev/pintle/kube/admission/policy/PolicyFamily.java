package dev.pintle.kube.admission.policy;

import dev.pintle.kube.schema.ResourceType;
import java.util.List;
import java.util.Set;

/// The two kinds of policies of admission, each with a kind of bindings.
enum PolicyFamily {
  VALIDATING("validatingadmissionpolicies", "validatingadmissionpolicybindings"),
  MUTATING("mutatingadmissionpolicies", "mutatingadmissionpolicybindings");

  /// What no policy is asked about: policies themselves, and questions that are never stored and without which nobody could do anything.
  private static final Set<String> EXEMPT =
      Set.of(
          "validatingadmissionpolicies.admissionregistration.k8s.io",
          "validatingadmissionpolicybindings.admissionregistration.k8s.io",
          "mutatingadmissionpolicies.admissionregistration.k8s.io",
          "mutatingadmissionpolicybindings.admissionregistration.k8s.io",
          "selfsubjectreviews.authentication.k8s.io",
          "tokenreviews.authentication.k8s.io",
          "localsubjectaccessreviews.authorization.k8s.io",
          "selfsubjectaccessreviews.authorization.k8s.io",
          "selfsubjectrulesreviews.authorization.k8s.io",
          "subjectaccessreviews.authorization.k8s.io");

  private final String policies;
  private final String bindings;

  PolicyFamily(String policies, String bindings) {
    this.policies = policies;
    this.bindings = bindings;
  }

  /// The plurals of policies and of bindings.
  List<String> plurals() {
    return List.of(policies, bindings);
  }

  static boolean isExempt(ResourceType type) {
    return EXEMPT.contains(type.groupResource());
  }
}
