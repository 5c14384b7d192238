package dev.pintle.server.cli;

import dev.pintle.kube.audit.AuditFormat;
import dev.pintle.kube.audit.AuditLogSettings;
import dev.pintle.kube.audit.AuditMode;
import dev.pintle.kube.audit.AuditPolicy;
import dev.pintle.server.config.AuditSettings;
import dev.pintle.server.failure.StartException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/// The flags of the audit log: kube-apiserver's.
final class AuditFlags {
  private static final String POLICY = "audit-policy-file";
  private static final String PATH = "audit-log-path";
  private static final String FORMAT = "audit-log-format";
  private static final String AGE = "audit-log-maxage";
  private static final String BACKUPS = "audit-log-maxbackup";
  private static final String SIZE = "audit-log-maxsize";
  private static final String COMPRESS = "audit-log-compress";
  private static final String MODE = "audit-log-mode";
  private static final String BUFFER = "audit-log-batch-buffer-size";
  private static final String TRUNCATE = "audit-log-truncate-enabled";
  private static final String EVENT_BYTES = "audit-log-truncate-max-event-size";

  static final Set<String> VALUED =
      Set.of(POLICY, PATH, FORMAT, AGE, BACKUPS, SIZE, MODE, BUFFER, EVENT_BYTES);
  static final Set<String> SWITCHES = Set.of(COMPRESS, TRUNCATE);

  private AuditFlags() {}

  static AuditSettings read(Flags flags) throws StartException {
    AuditLogSettings defaults = AuditLogSettings.DEFAULT;
    String file = flags.value(POLICY).orElse("");
    AuditPolicy policy = policy(flags, file);
    return new AuditSettings(
        file,
        policy,
        new AuditLogSettings(
            flags.value(PATH).orElse(defaults.path()),
            AuditFormat.of(flags.value(FORMAT).orElse(defaults.format().text())),
            AuditMode.of(flags.value(MODE).orElse(defaults.mode().text())),
            number(flags, BUFFER, defaults.bufferEvents()),
            flags.isOn(TRUNCATE, defaults.truncates()),
            number(flags, EVENT_BYTES, defaults.eventBytesMax()),
            new AuditLogSettings.Files(
                (int) number(flags, AGE, defaults.files().ageDaysMax()),
                (int) number(flags, BACKUPS, defaults.files().oldFilesMax()),
                (int) number(flags, SIZE, defaults.files().megabytesMax()),
                flags.isOn(COMPRESS, defaults.files().compress()))));
  }

  private static AuditPolicy policy(Flags flags, String file) throws StartException {
    if (file.isEmpty()) {
      return AuditPolicy.NONE;
    }
    try {
      return AuditPolicy.parse(AdmissionFlags.text(Path.of(file).toAbsolutePath()));
    } catch (IOException unreadable) {
      throw flags.refusal(
          "--%s: loading audit policy file: failed to read file path \"%s\": %s"
              .formatted(POLICY, file, unreadable));
    } catch (IllegalArgumentException bad) {
      throw flags.refusal(
          "--%s: loading audit policy file: %s: from file %s"
              .formatted(POLICY, bad.getMessage(), file));
    }
  }

  private static long number(Flags flags, String name, long otherwise) throws StartException {
    String text = flags.value(name).orElse(Long.toString(otherwise));
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException _) {
      throw flags.refusal(
          "--%s: %s (expected: a whole number of at most %d)"
              .formatted(name, text, Integer.MAX_VALUE));
    }
  }

  static Map<String, String> shown(AuditSettings settings) {
    AuditLogSettings log = settings.log();
    return Map.ofEntries(
        Map.entry(POLICY, settings.policyFile()),
        Map.entry(PATH, log.path()),
        Map.entry(FORMAT, log.format().text()),
        Map.entry(AGE, Integer.toString(log.files().ageDaysMax())),
        Map.entry(BACKUPS, Integer.toString(log.files().oldFilesMax())),
        Map.entry(SIZE, Integer.toString(log.files().megabytesMax())),
        Map.entry(COMPRESS, Boolean.toString(log.files().compress())),
        Map.entry(MODE, log.mode().text()),
        Map.entry(BUFFER, Long.toString(log.bufferEvents())),
        Map.entry(TRUNCATE, Boolean.toString(log.truncates())),
        Map.entry(EVENT_BYTES, Long.toString(log.eventBytesMax())));
  }
}
