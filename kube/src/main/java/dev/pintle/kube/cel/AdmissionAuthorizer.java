package dev.pintle.kube.cel;

import dev.pintle.kube.request.RequestInfo;
import dev.pintle.kube.request.UserInfo;

/// The judge of rights whom expressions of admission can ask.
@FunctionalInterface
public interface AdmissionAuthorizer {
  /// An answer.
  ///
  /// @param reason of it, where one is told
  record Verdict(boolean allowed, String reason) {}

  Verdict decide(UserInfo user, RequestInfo asked);
}
