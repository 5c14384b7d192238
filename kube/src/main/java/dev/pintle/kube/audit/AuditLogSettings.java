package dev.pintle.kube.audit;

/// The settings of the log.
///
/// @param path of the file; `-` for standard output; empty for no log
/// @param files how the file is rotated
public record AuditLogSettings(
    String path,
    AuditFormat format,
    AuditBatching batching,
    AuditTruncation truncation,
    Files files) {
  public static final AuditLogSettings DEFAULT =
      new AuditLogSettings(
          "", AuditFormat.JSON, AuditBatching.OF_LOG, AuditTruncation.DEFAULT, Files.DEFAULT);

  public AuditLogSettings {
    batching = batching.checked("log");
    truncation = truncation.checked("log");
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
