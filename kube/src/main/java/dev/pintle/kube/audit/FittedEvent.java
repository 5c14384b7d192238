package dev.pintle.kube.audit;

import org.jspecify.annotations.Nullable;

/// The text of an event, without what is too large for it.
final class FittedEvent {
  private static final System.Logger LOG = System.getLogger(FittedEvent.class.getName());

  private FittedEvent() {}

  /// Null, and counted, where it is too large even without its objects.
  static byte @Nullable [] text(
      AuditEvent event, AuditFormat format, AuditTruncation truncation, AuditMetrics metrics) {
    byte[] line = EventText.of(event, format);
    if (!truncation.on() || line.length <= truncation.eventBytesMax()) {
      return line;
    }
    if (event.verdict().level().reaches(AuditLevel.REQUEST)) {
      line = EventText.of(event.withoutObjects(), format);
    }
    if (line.length > truncation.eventBytesMax()) {
      metrics.error("truncate");
      LOG.log(
          System.Logger.Level.ERROR,
          "event is too large even after truncating auditID={0}",
          event.head().auditId());
      return null;
    }
    return line;
  }
}
