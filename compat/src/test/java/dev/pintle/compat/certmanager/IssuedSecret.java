package dev.pintle.compat.certmanager;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.JsonNode;

/// A Secret that cert-manager made: a certificate, and that of who signed it.
record IssuedSecret(X509Certificate certificate, X509Certificate authority) {
  static IssuedSecret of(JsonNode secret) {
    JsonNode data = secret.path("data");
    return new IssuedSecret(
        decode(data.path("tls.crt").asString()), decode(data.path("ca.crt").asString()));
  }

  /// @param encoded PEM in base64
  static X509Certificate decode(String encoded) {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(Base64.getDecoder().decode(encoded)));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(encoded, e);
    }
  }

  static boolean isSigned(X509Certificate certificate, X509Certificate by) {
    try {
      certificate.verify(by.getPublicKey());
      return true;
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  /// The names of hosts that it is for.
  List<String> hosts() {
    try {
      Collection<List<?>> names =
          Objects.requireNonNullElse(certificate.getSubjectAlternativeNames(), List.of());
      return names.stream().map(name -> String.valueOf(name.get(1))).toList();
    } catch (CertificateParsingException e) {
      throw new AssertionError(certificate.toString(), e);
    }
  }
}
