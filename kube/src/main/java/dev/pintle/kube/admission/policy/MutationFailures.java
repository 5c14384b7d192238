package dev.pintle.kube.admission.policy;

import dev.pintle.kube.admission.AdmissionRequest;
import dev.pintle.kube.status.Cause;
import dev.pintle.kube.status.Status;
import dev.pintle.kube.status.StatusError;
import dev.pintle.kube.status.StatusErrors;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The failures of all MutatingAdmissionPolicies over one request: the first is its refusal, and all are told.
final class MutationFailures {
  private static final String FORBIDDEN = "Forbidden";
  private static final String INVALID = "Invalid";

  private final List<Cause> causes = new ArrayList<>(0);
  private final List<Cause> evaluated = new ArrayList<>(0);
  private String reason = "";

  /// A fault of how a policy or binding is set up; told before all others.
  ///
  /// @param binding null when the policy itself is at fault
  void misconfigured(BoundPolicy<?> policy, @Nullable PolicyBinding binding, PolicyFault fault) {
    if (!policy.ignoresFailures()) {
      String what = binding == null ? "policy" : "binding";
      String message = "failed to configure %s: %s".formatted(what, fault.getMessage());
      causes.add(new Cause("", told(policy, binding, message), ""));
    }
  }

  /// A mutation or condition that failed.
  void failed(BoundPolicy<?> policy, PolicyBinding binding, String message) {
    if (!policy.ignoresFailures()) {
      evaluated.add(new Cause("", told(policy, binding, message), ""));
    }
  }

  private static String told(
      BoundPolicy<?> policy, @Nullable PolicyBinding binding, String message) {
    return binding == null
        ? "policy \"%s\" denied request: %s".formatted(policy.name(), message)
        : "policy '%s' with binding '%s' denied request: %s"
            .formatted(policy.name(), binding.name(), message);
  }

  /// @throws StatusError when something failed
  void settle(AdmissionRequest request) {
    reason = causes.isEmpty() ? INVALID : FORBIDDEN;
    causes.addAll(evaluated);
    if (causes.isEmpty()) {
      return;
    }
    Status forbidden = StatusErrors.forbidden(request.type(), request.name(), "").status();
    throw new StatusError(
        new Status(
            forbidden.code(),
            reason,
            causes.getFirst().message(),
            forbidden.details().because(causes)));
  }
}
