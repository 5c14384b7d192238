package dev.pintle.kube.audit;

/// A place where events are written down.
interface AuditSink {
  /// Takes an event to be written; waits for nothing.
  void take(AuditEvent event);

  /// Takes the event of an arrival, and waits until it is written where its mode says so, `nanos` at most. Answers false when the request
  /// may not go on.
  boolean arrived(AuditEvent event, long nanos);

  /// Waits until it is not behind, where its mode is one in which requests wait. Answers false when that took longer than `nanos`.
  boolean awaitRoom(long nanos);

  /// Takes nothing more.
  void stop();

  /// Writes what waits, until that moment of [System#nanoTime] at most; after [#stop].
  void finish(long untilNanos);
}
