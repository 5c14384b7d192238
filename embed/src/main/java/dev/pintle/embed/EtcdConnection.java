package dev.pintle.embed;

import java.net.URI;

/// The way to the store of a server, for a client of etcd v3: over TLS, by a certificate that is good for nothing else. Whoever has it may do
/// everything, past all rights of Kubernetes.
///
/// @param url `https://127.0.0.1:PORT`
/// @param caCertificate that of the authority to believe, PEM
/// @param clientCertificate PEM
/// @param clientKey of the client's certificate, on the curve P-256, PKCS 8 in PEM; a secret
public record EtcdConnection(
    URI url, String caCertificate, String clientCertificate, String clientKey) {

  /// Without what is secret.
  @Override
  public String toString() {
    return "EtcdConnection[url=%s]".formatted(url);
  }
}
