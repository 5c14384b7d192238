package dev.pintle.kube.admission.webhook;

import dev.pintle.kube.admission.expression.ExpressionInput;
import dev.pintle.kube.admission.expression.ExpressionTurns;
import dev.pintle.kube.admission.match.ObjectForms;
import dev.pintle.kube.admission.match.RequestMatcher;
import dev.pintle.kube.metrics.WebhookMetrics;
import dev.pintle.kube.outbound.WebhookClient;
import java.util.concurrent.Executor;

/// The collaborators of both plugins.
///
/// @param workers where several webhooks are asked at once
public record HookContext(
    RequestMatcher matcher,
    ObjectForms forms,
    ExpressionInput inputs,
    ExpressionTurns turns,
    WebhookClient client,
    WebhookMetrics metrics,
    Executor workers) {}
