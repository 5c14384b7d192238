package dev.pintle.server.cli;

import dev.pintle.etcd.compaction.AutoCompaction;
import dev.pintle.kube.compaction.Compactor;
import dev.pintle.server.failure.StartException;
import java.time.Duration;

/// The flags that say how much history is kept: etcd's and kube-apiserver's, with their words for what they refuse.
final class CompactionFlags {
  private static final String RETENTION = "auto-compaction-retention";
  private static final long HOURS_MAX = Long.MAX_VALUE / Duration.ofHours(1).toNanos();

  private CompactionFlags() {}

  /// kube-apiserver's `--etcd-compaction-interval`; zero for no compaction.
  static Duration interval(Flags flags) throws StartException {
    return GoDuration.ofFlag(
        flags,
        "etcd-compaction-interval",
        Compactor.INTERVAL_USUAL,
        "such as %dm, or 0 for no compaction".formatted(Compactor.INTERVAL_USUAL.toMinutes()));
  }

  static AutoCompaction autoCompaction(Flags flags) throws StartException {
    String mode = flags.value("auto-compaction-mode").orElse("periodic");
    String retention = flags.value(RETENTION).filter(text -> !text.isEmpty()).orElse("0");
    return switch (mode) {
      case "periodic" -> periodic(flags, retention);
      case "revision" -> revisions(flags, retention);
      case "" -> throw flags.invalid("undefined auto-compaction-mode");
      default -> throw flags.invalid("unknown auto-compaction-mode " + GoDuration.quoted(mode));
    };
  }

  /// A bare number counts hours.
  private static AutoCompaction periodic(Flags flags, String text) throws StartException {
    Duration retention;
    if (isNumber(text)) {
      long hours = Long.parseLong(text);
      if (hours > HOURS_MAX) {
        throw flags.invalid(
            "--%s: %s (expected: at most %d hours)".formatted(RETENTION, text, HOURS_MAX));
      }
      retention = Duration.ofHours(hours);
    } else {
      retention = duration(flags, text);
    }
    if (retention.isZero()) {
      return new AutoCompaction.Off();
    }
    if (retention.compareTo(AutoCompaction.Periodic.RETENTION_MIN) < 0) {
      throw flags.invalid(
          "--%s: %s (expected: hours, a time such as 10m, or 0 for no compaction)"
              .formatted(RETENTION, text));
    }
    return new AutoCompaction.Periodic(retention);
  }

  /// etcd takes a time here too, and counts its nanoseconds as revisions.
  private static AutoCompaction revisions(Flags flags, String text) throws StartException {
    long revisions = isNumber(text) ? Long.parseLong(text) : duration(flags, text).toNanos();
    if (revisions < 0) {
      throw flags.invalid(
          "--%s: %s (expected: revisions, or 0 for no compaction)".formatted(RETENTION, text));
    }
    return revisions == 0 ? new AutoCompaction.Off() : new AutoCompaction.Revisions(revisions);
  }

  private static boolean isNumber(String text) {
    if (!text.matches("[+-]?[0-9]{1,19}")) {
      return false;
    }
    try {
      return Long.parseLong(text) >= 0;
    } catch (NumberFormatException tooLarge) {
      return false;
    }
  }

  private static Duration duration(Flags flags, String text) throws StartException {
    try {
      return GoDuration.parse(text);
    } catch (IllegalArgumentException bad) {
      throw flags.invalid("error parsing CompactionRetention: " + bad.getMessage());
    }
  }
}
