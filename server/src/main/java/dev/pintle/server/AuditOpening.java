package dev.pintle.server;

import dev.pintle.kube.audit.Audit;
import dev.pintle.server.config.AuditSettings;
import dev.pintle.server.failure.ExitCode;
import dev.pintle.server.failure.StartException;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.util.Optional;

/// The opening of the audit log.
final class AuditOpening {
  private AuditOpening() {}

  /// Empty where nothing is to be written down.
  static Optional<Audit> open(AuditSettings settings) throws StartException {
    if (!settings.isOn()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Audit.open(settings.policy(), settings.log(), settings.webhook()));
    } catch (IOException | InvalidPathException failed) {
      throw new StartException(
          ExitCode.USAGE,
          "--audit-log-path %s: %s (expected: a file that this user may write, or -)"
              .formatted(settings.log().path(), failed),
          failed);
    }
  }

  /// What its owner must know: half of what an audit needs writes nothing down.
  static Optional<String> note(AuditSettings settings) {
    if (settings.policyFile().isEmpty() != settings.hasPlace()) {
      return Optional.empty();
    }
    if (settings.hasPlace()) {
      return Optional.of(
          "nothing is audited: --%s without --audit-policy-file"
              .formatted(
                  settings.log().path().isEmpty()
                      ? "audit-webhook-config-file"
                      : "audit-log-path"));
    }
    return Optional.of(
        "nothing is audited: --audit-policy-file without --audit-log-path or --audit-webhook-config-file");
  }
}
