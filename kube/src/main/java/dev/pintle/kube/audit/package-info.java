/// The audit: [dev.pintle.kube.audit.AuditPolicy] says what of which requests is written down, [dev.pintle.kube.audit.AuditRecord]
/// collects it while a request is under way, and [dev.pintle.kube.audit.AuditLog] writes events, one a line, on a thread of its own,
/// [dev.pintle.kube.audit.AuditWebhook] posts them as lists.
/// Events are those of `audit.k8s.io/v1`. Nothing here waits but [dev.pintle.kube.audit.Audit#begin], for a place that is behind.
@NullMarked
package dev.pintle.kube.audit;

import org.jspecify.annotations.NullMarked;
