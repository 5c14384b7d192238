/// The plugins MutatingAdmissionWebhook and ValidatingAdmissionWebhook: [dev.pintle.kube.admission.webhook.WebhooksInForce] are the webhooks
/// of all configurations, compiled once a revision; [dev.pintle.kube.admission.webhook.WebhookCaller] asks one of them; the two plugins say
/// which, in which order, and what comes of the answers.
@NullMarked
package dev.pintle.kube.admission.webhook;

import org.jspecify.annotations.NullMarked;
