package dev.pintle.kube.audit;

import dev.pintle.kube.metrics.MetricsText;
import dev.pintle.kube.metrics.MetricsText.Label;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/// The figures of the audit log, under upstream's names.
final class AuditMetrics {
  private final LongAdder events = new LongAdder();
  private final LongAdder rejected = new LongAdder();
  private final Map<String, LongAdder> errors = new ConcurrentSkipListMap<>();
  private final Map<AuditLevel, LongAdder> levels = new EnumMap<>(AuditLevel.class);

  AuditMetrics() {
    for (AuditLevel level : AuditLevel.values()) {
      levels.put(level, new LongAdder());
    }
  }

  void event() {
    events.increment();
  }

  void rejected() {
    rejected.increment();
  }

  /// @param part that failed: `log`, `webhook`, `buffered` or `truncate`
  void error(String part) {
    errors(part, 1);
  }

  /// @param count of events
  void errors(String part, int count) {
    errors.computeIfAbsent(part, _ -> new LongAdder()).add(count);
  }

  void level(AuditLevel level) {
    LongAdder count = levels.get(level);
    if (count != null) {
      count.increment();
    }
  }

  String text() {
    MetricsText text = new MetricsText();
    text.family(
        "apiserver_audit_error_total",
        "[ALPHA] Counter of audit events that failed to be audited properly. Plugin identifies the plugin affected by the error.",
        "counter");
    errors.forEach((part, count) ->
        text.sample(
            "apiserver_audit_error_total", List.of(new Label("plugin", part)), count.sum()));
    text.family(
        "apiserver_audit_event_total",
        "[ALPHA] Counter of audit events generated and sent to the audit backend.",
        "counter");
    text.sample("apiserver_audit_event_total", List.of(), events.sum());
    text.family(
        "apiserver_audit_level_total",
        "[ALPHA] Counter of policy levels for audit events (1 per request).",
        "counter");
    levels.forEach((level, count) -> {
      if (count.sum() > 0) {
        text.sample(
            "apiserver_audit_level_total", List.of(new Label("level", level.text())), count.sum());
      }
    });
    text.family(
        "apiserver_audit_requests_rejected_total",
        "[ALPHA] Counter of apiserver requests rejected due to an error in audit logging backend.",
        "counter");
    text.sample("apiserver_audit_requests_rejected_total", List.of(), rejected.sum());
    return text.toString();
  }
}
