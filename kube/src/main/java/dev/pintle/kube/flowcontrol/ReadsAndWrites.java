package dev.pintle.kube.flowcontrol;

import dev.pintle.kube.metrics.MetricsText;

/// The use of all levels by requests that change nothing, and by those that may.
final class ReadsAndWrites {
  private final KindUse reads;
  private final KindUse writes;

  ReadsAndWrites(long nowNanos) {
    this.reads = new KindUse("readOnly", nowNanos);
    this.writes = new KindUse("mutating", nowNanos);
  }

  KindUse of(FlowTicket ticket) {
    return ticket.isRead() ? reads : writes;
  }

  /// @param executed requests that all levels can execute at once
  /// @param waited requests that can wait at all levels
  void limit(long executed, long waited, long nowNanos) {
    reads.limit(executed, waited, nowNanos);
    writes.limit(executed, waited, nowNanos);
  }

  void writeShares(MetricsText text, long nowNanos) {
    writes.writeShares(text, nowNanos);
    reads.writeShares(text, nowNanos);
  }

  void writeWaiting(MetricsText text, long nowNanos) {
    writes.writeWaiting(text, nowNanos);
    reads.writeWaiting(text, nowNanos);
  }
}
