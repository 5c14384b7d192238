package dev.pintle.server;

import dev.pintle.server.config.Endpoint;
import dev.pintle.server.folder.DataFolder;
import dev.pintle.server.pki.Credential;
import dev.pintle.server.pki.Pki;
import dev.pintle.wire.tls.Identity;
import dev.pintle.wire.tls.Security;
import dev.pintle.wire.tls.TlsConfig;
import dev.pintle.wire.tls.TlsTerms;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.List;

/// Who the Kubernetes port is and whom it believes. A client may show a certificate; one that our authority did not sign is told
/// so by the surface.
record KubeSecurity(Endpoint at, Pki pki, Security tls) {

  static KubeSecurity open(DataFolder folder, Endpoint at)
      throws IOException, GeneralSecurityException {
    Pki pki = Pki.open(folder.resolve("pki"), at.host(), Instant.now());
    Credential server = pki.server();
    Identity identity = new Identity(server.key(), List.of(server.certificate()));
    TlsConfig config =
        TlsConfig.of(identity)
            .withClients(TlsConfig.ClientAuth.REQUEST, List.of(pki.authority().certificate()))
            .withEngine(TlsConfig.Engine.FASTEST);
    return new KubeSecurity(at, pki, new Security.Tls(new TlsTerms(config)));
  }
}
