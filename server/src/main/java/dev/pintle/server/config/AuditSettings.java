package dev.pintle.server.config;

import dev.pintle.kube.audit.AuditLogSettings;
import dev.pintle.kube.audit.AuditPolicy;

/// The choice of what is written down of requests for Kubernetes objects, and where.
///
/// @param policyFile the path of the policy as the user wrote it; empty for none
public record AuditSettings(String policyFile, AuditPolicy policy, AuditLogSettings log) {
  public static final AuditSettings DEFAULT =
      new AuditSettings("", AuditPolicy.NONE, AuditLogSettings.DEFAULT);

  /// Whether anything may be written down: there are both a policy and a log.
  public boolean isOn() {
    return !policyFile.isEmpty() && !log.path().isEmpty();
  }
}
