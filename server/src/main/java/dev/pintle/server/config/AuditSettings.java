package dev.pintle.server.config;

import dev.pintle.kube.audit.AuditLogSettings;
import dev.pintle.kube.audit.AuditPolicy;
import dev.pintle.kube.audit.AuditWebhookSettings;

/// The choice of what is written down of requests for Kubernetes objects, and where.
///
/// @param policyFile the path of the policy as the user wrote it; empty for none
public record AuditSettings(
    String policyFile, AuditPolicy policy, AuditLogSettings log, AuditWebhookSettings webhook) {
  public static final AuditSettings DEFAULT =
      new AuditSettings(
          "", AuditPolicy.NONE, AuditLogSettings.DEFAULT, AuditWebhookSettings.DEFAULT);

  /// Whether anything may be written down: there are a policy and a place.
  public boolean isOn() {
    return !policyFile.isEmpty() && hasPlace();
  }

  /// Whether there is a place where something could be written down.
  public boolean hasPlace() {
    return !log.path().isEmpty() || !webhook.file().isEmpty();
  }
}
