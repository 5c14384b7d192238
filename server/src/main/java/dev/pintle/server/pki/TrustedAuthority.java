package dev.pintle.server.pki;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A certificate authority: the one that issues, and those before it that are still believed.
///
/// @param certificates the issuing one first
public record TrustedAuthority(
    List<X509Certificate> certificates, @Nullable PrivateKey privateKey) {
  public TrustedAuthority {
    certificates = List.copyOf(certificates);
  }

  public X509Certificate certificate() {
    return certificates.getFirst();
  }

  /// Absent where its owner keeps it elsewhere: nothing can be issued then.
  public Optional<PrivateKey> key() {
    return Optional.ofNullable(privateKey);
  }

  public String pem() {
    return Pem.write(certificates);
  }

  /// Never the key.
  @Override
  public String toString() {
    return "TrustedAuthority[" + certificate().getSubjectX500Principal() + "]";
  }
}
