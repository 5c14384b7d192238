package dev.pintle.kube.audit;

import dev.pintle.kube.outbound.KubeconfigServer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The settings of the server to which events are posted.
///
/// @param file the path of the kubeconfig as the user wrote it; empty for no such server
/// @param server that the kubeconfig names; null for none
/// @param backoff how long it waits before it asks a second time; then half as long again each time, five times in all
public record AuditWebhookSettings(
    String file,
    @Nullable KubeconfigServer server,
    AuditBatching batching,
    Duration backoff,
    AuditTruncation truncation) {
  public static final AuditWebhookSettings DEFAULT =
      new AuditWebhookSettings(
          "", null, AuditBatching.OF_WEBHOOK, Duration.ofSeconds(10), AuditTruncation.DEFAULT);

  public AuditWebhookSettings {
    batching = batching.checked("webhook");
    truncation = truncation.checked("webhook");
  }
}
