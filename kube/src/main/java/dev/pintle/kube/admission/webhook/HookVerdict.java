package dev.pintle.kube.admission.webhook;

import dev.pintle.kube.admission.webhook.HookOutcome.Allowed;
import dev.pintle.kube.admission.webhook.HookOutcome.Denied;
import dev.pintle.kube.admission.webhook.HookOutcome.Impossible;
import dev.pintle.kube.admission.webhook.HookOutcome.Uncalled;
import dev.pintle.kube.metrics.WebhookMetrics.Asked;

/// The figures of an outcome, under upstream's names.
final class HookVerdict {
  private static final int ALLOWED = 200;

  private HookVerdict() {}

  static Asked of(AdmissionWebhook hook, HookOutcome outcome) {
    return switch (outcome) {
      case Allowed _ -> new Asked(ALLOWED, false, "");
      case Uncalled(_, int code) ->
          new Asked(
              code, !hook.ignoresFailures(), hook.ignoresFailures() ? "" : "calling_webhook_error");
      case Denied(_, var refusal) -> new Asked(refusal.status().code(), true, "no_error");
      case Impossible _ -> new Asked(0, true, "apiserver_internal_error");
    };
  }
}
