package dev.pintle.server;

import dev.pintle.server.cli.CertsCommand;
import dev.pintle.server.failure.Diagnosis;
import dev.pintle.server.failure.StartException;
import dev.pintle.server.folder.DataFolder;
import dev.pintle.server.pki.CertificateLife;
import dev.pintle.server.pki.PkiLock;
import dev.pintle.server.pki.Renewal;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/// The work of `./pintle certs` on a data folder, beside the server that may be running on it.
final class CertificateOperations {
  private final Path data;
  private final Path pki;
  private final Instant now;
  private final StringBuilder report = new StringBuilder();

  private CertificateOperations(Path data, Instant now) {
    this.data = data;
    this.pki = data.resolve("pki");
    this.now = now;
  }

  /// Answers what to tell the user.
  static String run(CertsCommand command, Instant now) throws StartException {
    Path data = DataFolder.visit(command.data());
    try {
      CertificateOperations certs = new CertificateOperations(data, now);
      certs.act(command.action());
      return certs.report.toString();
    } catch (IOException | GeneralSecurityException failed) {
      throw Diagnosis.of(data, failed);
    }
  }

  private void act(CertsCommand.Action action)
      throws IOException, GeneralSecurityException, StartException {
    if (action == CertsCommand.Action.CHECK || CertificateLife.in(pki).isEmpty()) {
      list();
      return;
    }
    try (PkiLock _ = PkiLock.take(pki)) {
      Renewal renewal = new Renewal(pki, now);
      switch (action) {
        case CHECK -> {}
        case RENEW -> renewal.renew();
        case ROTATE -> tellOfRotation(renewal.rotate());
        case FINISH -> renewal.finish();
      }
    }
    list();
    tellWhoMustKnow();
  }

  private void list() throws IOException, GeneralSecurityException {
    List<CertificateLife> lives = CertificateLife.in(pki);
    if (lives.isEmpty()) {
      report.append("no certificates in ").append(pki).append('\n');
      return;
    }
    report.append("%-14s %-22s %s%n".formatted("CERTIFICATE", "EXPIRES", "RESIDUAL TIME"));
    for (CertificateLife life : lives) {
      report.append(
          "%-14s %-22s %s%n"
              .formatted(life.name(), life.end().truncatedTo(ChronoUnit.SECONDS), left(life)));
    }
  }

  private String left(CertificateLife life) {
    if (life.left(now).isNegative()) {
      return "<expired>";
    }
    return "%dd%s".formatted(life.left(now).toDays(), life.endsSoon(now) ? "  (soon)" : "");
  }

  private void tellOfRotation(List<String> unknown) {
    for (String authority : unknown) {
      report.append(
          "%s: the old key was not there, so clients with the old certificate do not believe the server any more%n"
              .formatted(authority));
    }
    report.append(
        "Both authorities are believed now. Once every client has the new files, end that with: ./pintle certs rotate --finish\n");
  }

  private void tellWhoMustKnow() throws IOException {
    Optional<String> owner = DataFolder.owner(data);
    if (owner.isPresent()) {
      report.append(
          "The running server (process %s) takes them up within seconds; open connections keep what they agreed on.%n"
              .formatted(owner.get()));
    } else {
      report.append("The next start takes them up, and writes the kubeconfig anew.\n");
    }
    report.append(
        "Copies of the kubeconfig and of client certificates outside %s are to be replaced.%n"
            .formatted(data));
  }
}
