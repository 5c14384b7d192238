package dev.pintle.server.cli;

import dev.pintle.kube.audit.AuditBatching;
import dev.pintle.kube.audit.AuditFormat;
import dev.pintle.kube.audit.AuditLogSettings;
import dev.pintle.kube.audit.AuditMode;
import dev.pintle.kube.audit.AuditPolicy;
import dev.pintle.kube.audit.AuditTruncation;
import dev.pintle.kube.audit.AuditWebhookSettings;
import dev.pintle.kube.outbound.KubeconfigServer;
import dev.pintle.server.config.AuditSettings;
import dev.pintle.server.failure.StartException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// The flags of the audit: kube-apiserver's.
final class AuditFlags {
  private static final String POLICY = "audit-policy-file";
  private static final String PATH = "audit-log-path";
  private static final String FORMAT = "audit-log-format";
  private static final String AGE = "audit-log-maxage";
  private static final String BACKUPS = "audit-log-maxbackup";
  private static final String SIZE = "audit-log-maxsize";
  private static final String COMPRESS = "audit-log-compress";
  private static final String CONFIG = "audit-webhook-config-file";
  private static final String BACKOFF = "audit-webhook-initial-backoff";

  /// An older name of [#BACKOFF].
  private static final String BATCH_BACKOFF = "audit-webhook-batch-initial-backoff";

  private static final String LOG = "log";
  private static final String WEBHOOK = "webhook";
  private static final String MODE = "mode";
  private static final String VERSION = "version";
  private static final String BUFFER = "batch-buffer-size";
  private static final String EVENTS = "batch-max-size";
  private static final String WAIT = "batch-max-wait";
  private static final String THROTTLE = "batch-throttle-enable";
  private static final String RATE = "batch-throttle-qps";
  private static final String BURST = "batch-throttle-burst";
  private static final String TRUNCATE = "truncate-enabled";
  private static final String EVENT_BYTES = "truncate-max-event-size";
  private static final String BATCH_BYTES = "truncate-max-batch-size";
  private static final String ONLY_VERSION = "audit.k8s.io/v1";

  static final Set<String> VALUED =
      both(
          Set.of(POLICY, PATH, FORMAT, AGE, BACKUPS, SIZE, CONFIG, BACKOFF, BATCH_BACKOFF),
          List.of(MODE, VERSION, BUFFER, EVENTS, WAIT, RATE, BURST, EVENT_BYTES, BATCH_BYTES));
  static final Set<String> SWITCHES = both(Set.of(COMPRESS), List.of(THROTTLE, TRUNCATE));

  private AuditFlags() {}

  /// With flags that the log and the webhook both have.
  private static Set<String> both(Set<String> own, List<String> common) {
    Set<String> all = new HashSet<>(own);
    for (String each : common) {
      all.add(of(LOG, each));
      all.add(of(WEBHOOK, each));
    }
    return Set.copyOf(all);
  }

  private static String of(String part, String flag) {
    return "audit-%s-%s".formatted(part, flag);
  }

  static AuditSettings read(Flags flags) throws StartException {
    String file = flags.value(POLICY).orElse("");
    return new AuditSettings(file, policy(flags, file), log(flags), webhook(flags));
  }

  private static AuditLogSettings log(Flags flags) throws StartException {
    AuditLogSettings defaults = AuditLogSettings.DEFAULT;
    requireVersion(flags, LOG);
    return new AuditLogSettings(
        flags.value(PATH).orElse(defaults.path()),
        AuditFormat.of(flags.value(FORMAT).orElse(defaults.format().text())),
        batching(flags, LOG, defaults.batching()),
        truncation(flags, LOG, defaults.truncation()),
        new AuditLogSettings.Files(
            number(flags, AGE, defaults.files().ageDaysMax()),
            number(flags, BACKUPS, defaults.files().oldFilesMax()),
            number(flags, SIZE, defaults.files().megabytesMax()),
            flags.isOn(COMPRESS, defaults.files().compress())));
  }

  private static AuditWebhookSettings webhook(Flags flags) throws StartException {
    AuditWebhookSettings defaults = AuditWebhookSettings.DEFAULT;
    requireVersion(flags, WEBHOOK);
    String file = flags.value(CONFIG).orElse(defaults.file());
    String expected = "such as 10s";
    Duration older = GoDuration.ofFlag(flags, BATCH_BACKOFF, defaults.backoff(), expected);
    return new AuditWebhookSettings(
        file,
        file.isEmpty() ? null : server(flags, file),
        batching(flags, WEBHOOK, defaults.batching()),
        GoDuration.ofFlag(flags, BACKOFF, older, expected),
        truncation(flags, WEBHOOK, defaults.truncation()));
  }

  private static KubeconfigServer server(Flags flags, String file) throws StartException {
    try {
      Path path = Path.of(file).toAbsolutePath();
      return KubeconfigServer.parse(
          AdmissionFlags.text(path),
          named -> Files.readAllBytes(path.resolveSibling(Path.of(named))));
    } catch (IOException | IllegalArgumentException bad) {
      throw flags.refusal(
          "--%s %s: initializing audit webhook: %s"
              .formatted(CONFIG, file, bad instanceof IOException ? bad : bad.getMessage()));
    }
  }

  private static void requireVersion(Flags flags, String part) {
    String version = flags.value(of(part, VERSION)).orElse(ONLY_VERSION);
    if (!version.equals(ONLY_VERSION)) {
      throw new IllegalArgumentException(
          version.indexOf('/') != version.lastIndexOf('/')
              ? "unexpected GroupVersion string: " + version
              : "invalid group version, allowed versions are [\"%s\"]".formatted(ONLY_VERSION));
    }
  }

  private static AuditBatching batching(Flags flags, String part, AuditBatching defaults)
      throws StartException {
    String mode = flags.value(of(part, MODE)).orElse(defaults.mode().text());
    return new AuditBatching(
        AuditMode.of(part, mode),
        number(flags, of(part, BUFFER), defaults.bufferEvents()),
        number(flags, of(part, EVENTS), defaults.eventsMax()),
        GoDuration.ofFlag(flags, of(part, WAIT), defaults.waitMax(), "such as 30s"),
        flags.isOn(of(part, THROTTLE), defaults.throttled()),
        rate(flags, of(part, RATE), defaults.perSecond()),
        number(flags, of(part, BURST), defaults.burst()));
  }

  private static AuditTruncation truncation(Flags flags, String part, AuditTruncation defaults)
      throws StartException {
    return new AuditTruncation(
        flags.isOn(of(part, TRUNCATE), defaults.on()),
        whole(flags, of(part, EVENT_BYTES), defaults.eventBytesMax(), Long.MAX_VALUE),
        whole(flags, of(part, BATCH_BYTES), defaults.batchBytesMax(), Long.MAX_VALUE));
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

  private static float rate(Flags flags, String name, float otherwise) throws StartException {
    String text = flags.value(name).orElse(Float.toString(otherwise));
    try {
      float rate = Float.parseFloat(text);
      if (Float.isFinite(rate)) {
        return rate;
      }
    } catch (NumberFormatException _) {
      // It is refused below.
    }
    throw flags.refusal("--%s: %s (expected: a number)".formatted(name, text));
  }

  private static int number(Flags flags, String name, int otherwise) throws StartException {
    return (int) whole(flags, name, otherwise, Integer.MAX_VALUE);
  }

  private static long whole(Flags flags, String name, long otherwise, long most)
      throws StartException {
    String text = flags.value(name).orElse(Long.toString(otherwise));
    try {
      long number = Long.parseLong(text);
      if (Math.abs(number) <= most) {
        return number;
      }
    } catch (NumberFormatException _) {
      // It is refused below.
    }
    throw flags.refusal(
        "--%s: %s (expected: a whole number of at most %d)".formatted(name, text, most));
  }

  static Map<String, String> shown(AuditSettings settings) {
    AuditLogSettings log = settings.log();
    AuditWebhookSettings webhook = settings.webhook();
    Map<String, String> shown = new TreeMap<>();
    shown.put(POLICY, settings.policyFile());
    shown.put(PATH, log.path());
    shown.put(FORMAT, log.format().text());
    shown.put(AGE, Integer.toString(log.files().ageDaysMax()));
    shown.put(BACKUPS, Integer.toString(log.files().oldFilesMax()));
    shown.put(SIZE, Integer.toString(log.files().megabytesMax()));
    shown.put(COMPRESS, Boolean.toString(log.files().compress()));
    shown.put(CONFIG, webhook.file());
    shown.put(BACKOFF, GoDuration.text(webhook.backoff()));
    shown.put(BATCH_BACKOFF, GoDuration.text(webhook.backoff()));
    show(LOG, log.batching(), log.truncation(), shown);
    show(WEBHOOK, webhook.batching(), webhook.truncation(), shown);
    return shown;
  }

  private static void show(
      String part, AuditBatching batching, AuditTruncation truncation, Map<String, String> shown) {
    shown.put(of(part, VERSION), ONLY_VERSION);
    shown.put(of(part, MODE), batching.mode().text());
    shown.put(of(part, BUFFER), Integer.toString(batching.bufferEvents()));
    shown.put(of(part, EVENTS), Integer.toString(batching.eventsMax()));
    shown.put(of(part, WAIT), GoDuration.text(batching.waitMax()));
    shown.put(of(part, THROTTLE), Boolean.toString(batching.throttled()));
    shown.put(of(part, RATE), batching.number());
    shown.put(of(part, BURST), Integer.toString(batching.burst()));
    shown.put(of(part, TRUNCATE), Boolean.toString(truncation.on()));
    shown.put(of(part, EVENT_BYTES), Long.toString(truncation.eventBytesMax()));
    shown.put(of(part, BATCH_BYTES), Long.toString(truncation.batchBytesMax()));
  }
}
