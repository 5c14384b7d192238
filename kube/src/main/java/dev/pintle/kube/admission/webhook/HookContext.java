package dev.pintle.kube.admission.webhook;

import dev.pintle.kube.admission.expression.ExpressionInput;
import dev.pintle.kube.admission.expression.ExpressionTurns;
import dev.pintle.kube.admission.match.ObjectForms;
import dev.pintle.kube.admission.match.RequestMatcher;
import dev.pintle.kube.metrics.WebhookMetrics;
import dev.pintle.kube.outbound.WebhookClient;
import dev.pintle.kube.store.ObjectView;
import dev.pintle.kube.worker.FairExecutor;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/// The collaborators of both plugins.
///
/// @param workers where several webhooks are asked at once
/// @param bulk where what takes long is computed
/// @param views the store as it is now, in which services are found
public record HookContext(
    RequestMatcher matcher,
    ObjectForms forms,
    ExpressionInput inputs,
    ExpressionTurns turns,
    WebhookClient client,
    WebhookMetrics metrics,
    Executor workers,
    FairExecutor bulk,
    Supplier<ObjectView> views) {}
