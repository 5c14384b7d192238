package dev.pintle.kube.audit;

/// The sizes above which what is sent and answered is left out of an event, and the event altogether.
///
/// @param on whether anything is left out
/// @param eventBytesMax of one event as it is written, at least 1
/// @param batchBytesMax of what goes together, at least `eventBytesMax`
public record AuditTruncation(boolean on, long eventBytesMax, long batchBytesMax) {
  public static final AuditTruncation DEFAULT = new AuditTruncation(false, 100 << 10, 10 << 20);

  /// The same.
  ///
  /// @param part `log` or `webhook`
  /// @throws IllegalArgumentException when a number is none that there can be, in upstream's words
  AuditTruncation checked(String part) {
    if (eventBytesMax <= 0) {
      throw new IllegalArgumentException(
          "invalid audit truncate %s max event size %d, must be a positive number"
              .formatted(part, eventBytesMax));
    }
    if (eventBytesMax > batchBytesMax) {
      throw new IllegalArgumentException(
          "invalid audit truncate %s max batch size %d, must be greater than max event size (%d)"
              .formatted(part, batchBytesMax, eventBytesMax));
    }
    return this;
  }
}
