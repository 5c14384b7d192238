package dev.pintle.kube.audit;

/// The settings of the log.
///
/// @param path of the file; `-` for standard output; empty for no log
/// @param bufferEvents how many events may wait in the mode that drops
/// @param truncates whether what is sent and answered is left out of an event that is larger than `eventBytesMax`
/// @param files how the file is rotated
public record AuditLogSettings(
    String path,
    AuditFormat format,
    AuditMode mode,
    long bufferEvents,
    boolean truncates,
    long eventBytesMax,
    Files files) {
  public static final AuditLogSettings DEFAULT =
      new AuditLogSettings(
          "", AuditFormat.JSON, AuditMode.BLOCKING, 10_000, false, 100 << 10, Files.DEFAULT);

  /// What a batch has at most upstream, which no event may exceed.
  private static final long BATCH_BYTES_MAX = 10 << 20;

  public AuditLogSettings {
    if (mode == AuditMode.BATCH && bufferEvents <= 0) {
      throw new IllegalArgumentException(
          "invalid audit batch log buffer size %d, must be a positive number"
              .formatted(bufferEvents));
    }
    if (eventBytesMax <= 0) {
      throw new IllegalArgumentException(
          "invalid audit truncate log max event size %d, must be a positive number"
              .formatted(eventBytesMax));
    }
    if (eventBytesMax > BATCH_BYTES_MAX) {
      throw new IllegalArgumentException(
          "invalid audit truncate log max batch size %d, must be greater than max event size (%d)"
              .formatted(BATCH_BYTES_MAX, eventBytesMax));
    }
  }

  /// The rotation of the file of a log. Old files have the time of their end in their name.
  ///
  /// @param ageDaysMax after which old files are removed; 0 for never
  /// @param oldFilesMax of which the newest stay; 0 for all
  /// @param megabytesMax of the file before another one is begun; 0 for no limit
  /// @param compress whether old files are compressed
  public record Files(int ageDaysMax, int oldFilesMax, int megabytesMax, boolean compress) {
    public static final Files DEFAULT = new Files(366, 100, 100, false);

    public Files {
      requireNotNegative("audit-log-maxage", ageDaysMax);
      requireNotNegative("audit-log-maxbackup", oldFilesMax);
      requireNotNegative("audit-log-maxsize", megabytesMax);
    }

    private static void requireNotNegative(String flag, int number) {
      if (number < 0) {
        throw new IllegalArgumentException(
            "--%s %d can't be a negative number".formatted(flag, number));
      }
    }
  }
}
