package dev.pintle.server.pki;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;

/// A certificate and the key it speaks for.
public record Credential(X509Certificate certificate, PrivateKey key) {

  public String certificatePem() {
    return Pem.write("CERTIFICATE", Pem.encoded(certificate));
  }

  /// PKCS 8, unencrypted.
  public String keyPem() {
    return Pem.write("PRIVATE KEY", key.getEncoded());
  }

  /// Never the key.
  @Override
  public String toString() {
    return "Credential[" + certificate.getSubjectX500Principal() + "]";
  }
}
