package dev.pintle.server;

import dev.pintle.server.pki.Credential;
import dev.pintle.server.pki.Pki;
import dev.pintle.wire.tls.Identity;
import dev.pintle.wire.tls.Security;
import dev.pintle.wire.tls.TlsConfig;
import dev.pintle.wire.tls.TlsTerms;
import java.security.GeneralSecurityException;
import java.util.List;

/// The TLS of the Kubernetes port: our own certificate; a client may show one that our authority signed.
final class Tls {
  private Tls() {}

  static Security of(Pki pki) throws GeneralSecurityException {
    Credential server = pki.server();
    Identity identity = new Identity(server.key(), List.of(server.certificate()));
    TlsConfig config =
        TlsConfig.of(identity)
            .withClients(TlsConfig.ClientAuth.REQUEST, List.of(pki.authority().certificate()))
            .withEngine(TlsConfig.Engine.FASTEST);
    return new Security.Tls(new TlsTerms(config));
  }
}
