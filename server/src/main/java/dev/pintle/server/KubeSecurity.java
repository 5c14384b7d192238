package dev.pintle.server;

import dev.pintle.server.config.Endpoint;
import dev.pintle.server.failure.StartException;
import dev.pintle.server.pki.Credential;
import dev.pintle.server.pki.Pki;
import dev.pintle.server.pki.PkiLock;
import dev.pintle.wire.tls.Security;
import dev.pintle.wire.tls.TlsConfig;
import dev.pintle.wire.tls.TlsIdentity;
import dev.pintle.wire.tls.TlsTerms;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The identity of the Kubernetes port, and whom it believes. A client may show a certificate; one that our authority
/// did not sign is told so by the surface.
final class KubeSecurity {
  private final @Nullable Path folder;
  private final Endpoint at;
  private final List<String> reachedAt;
  private final boolean adminToken;
  private final TlsTerms terms;
  private volatile Pki pki;

  private KubeSecurity(
      @Nullable Path folder, Endpoint at, List<String> reachedAt, boolean adminToken, Pki pki)
      throws GeneralSecurityException {
    this.folder = folder;
    this.at = at;
    this.reachedAt = List.copyOf(reachedAt);
    this.adminToken = adminToken;
    this.pki = pki;
    this.terms = new TlsTerms(config(pki));
  }

  /// The caller holds the right to change the credentials.
  ///
  /// @param folder that of all credentials
  /// @param others by which the port is found beside the address it listens on, such as that of the service `kubernetes`
  static KubeSecurity open(Path folder, Endpoint at, List<String> others, boolean adminToken)
      throws IOException, GeneralSecurityException, StartException {
    List<String> reachedAt = reachedAt(at, others);
    return new KubeSecurity(folder, at, reachedAt, adminToken, read(folder, reachedAt, adminToken));
  }

  /// As [#open], by credentials that nobody keeps.
  static KubeSecurity passing(Endpoint at, List<String> others, boolean adminToken)
      throws GeneralSecurityException {
    List<String> reachedAt = reachedAt(at, others);
    Pki made = Pki.passing(reachedAt, adminToken, Instant.now());
    return new KubeSecurity(null, at, reachedAt, adminToken, made);
  }

  private static List<String> reachedAt(Endpoint at, List<String> others) {
    List<String> reachedAt = new ArrayList<>(List.of(at.host()));
    reachedAt.addAll(others);
    return reachedAt;
  }

  /// Shows and believes from now on what the folder holds now, where there is one.
  void reopen() throws IOException, GeneralSecurityException, StartException {
    if (folder == null) {
      return;
    }
    Pki read;
    try (PkiLock _ = PkiLock.take(folder)) {
      read = read(folder, reachedAt, adminToken);
    }
    terms.renew(config(read));
    pki = read;
  }

  Endpoint at() {
    return at;
  }

  Pki pki() {
    return pki;
  }

  Security tls() {
    return new Security.Tls(terms);
  }

  private static Pki read(Path folder, List<String> reachedAt, boolean adminToken)
      throws IOException, GeneralSecurityException, StartException {
    return Pki.open(folder, reachedAt, adminToken, Instant.now());
  }

  private static TlsConfig config(Pki pki) {
    Credential server = pki.server();
    return TlsConfig.of(new TlsIdentity(server.key(), server.chain()))
        .withClients(TlsConfig.ClientAuth.REQUEST, pki.authority().certificates())
        .withEngine(TlsConfig.Engine.FASTEST);
  }
}
