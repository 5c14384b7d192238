package dev.pintle.server.pki;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/// A certificate and the key it speaks for.
///
/// @param chain the certificate, then what leads from it to an authority that those trust who do not know the newest one
public record Credential(List<X509Certificate> chain, PrivateKey key) {
  public Credential {
    chain = List.copyOf(chain);
  }

  Credential(X509Certificate certificate, PrivateKey key) {
    this(List.of(certificate), key);
  }

  public X509Certificate certificate() {
    return chain.getFirst();
  }

  public String certificatePem() {
    return Pem.write(chain);
  }

  /// Whether the key is one of RSA.
  public boolean isRsa() {
    return key.getAlgorithm().equals("RSA");
  }

  /// PKCS 8, unencrypted.
  public String keyPem() {
    return Pem.write("PRIVATE KEY", key.getEncoded());
  }

  /// Never the key.
  @Override
  public String toString() {
    return "Credential[" + certificate().getSubjectX500Principal() + "]";
  }
}
