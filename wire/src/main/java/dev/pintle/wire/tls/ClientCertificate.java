package dev.pintle.wire.tls;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/// The certificate that a client showed of itself in the TLS handshake.
///
/// @param chain the client's certificates, its own first; empty when it showed none
/// @param trusted whether the chain leads to an authority of the listener
public record ClientCertificate(List<X509Certificate> chain, boolean trusted) {
  public static final ClientCertificate NONE = new ClientCertificate(List.of(), false);

  public ClientCertificate {
    chain = List.copyOf(chain);
  }

  /// The client's own certificate, when it is to be believed.
  public Optional<X509Certificate> proven() {
    return trusted ? Optional.of(chain.getFirst()) : Optional.empty();
  }

  /// Whether the client showed a certificate that is not to be believed.
  public boolean refused() {
    return !chain.isEmpty() && !trusted;
  }
}
