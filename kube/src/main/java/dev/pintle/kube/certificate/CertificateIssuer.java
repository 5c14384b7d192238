package dev.pintle.kube.certificate;

import java.security.GeneralSecurityException;

/// An authority that issues certificates to those who ask for them.
@FunctionalInterface
public interface CertificateIssuer {
  /// A certificate with what was ordered and nothing else.
  ///
  /// @return PEM: the certificate, and whatever leads from it to an authority that clients know
  /// @throws GeneralSecurityException when it is not issued; says why in upstream's words
  String issue(CertificateOrder order) throws GeneralSecurityException;
}
