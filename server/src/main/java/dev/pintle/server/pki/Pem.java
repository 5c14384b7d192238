package dev.pintle.server.pki;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;

/// The text form of certificates and keys.
final class Pem {
  private static final int LINE_CHARS = 64;

  private Pem() {}

  static String write(String label, byte[] der) {
    Base64.Encoder lines =
        Base64.getMimeEncoder(LINE_CHARS, "\n".getBytes(StandardCharsets.US_ASCII));
    return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n"
        .formatted(label, lines.encodeToString(der));
  }

  /// One after the other.
  static String write(List<X509Certificate> certificates) {
    return certificates.stream()
        .map(certificate -> write("CERTIFICATE", encoded(certificate)))
        .collect(Collectors.joining());
  }

  /// All certificates of a text, of which there must be one.
  static List<X509Certificate> certificates(String pem) throws GeneralSecurityException {
    List<X509Certificate> certificates = new ArrayList<>();
    byte[] text = pem.getBytes(StandardCharsets.US_ASCII);
    for (Certificate each :
        CertificateFactory.getInstance("X.509")
            .generateCertificates(new ByteArrayInputStream(text))) {
      certificates.add((X509Certificate) each);
    }
    if (certificates.isEmpty()) {
      throw new GeneralSecurityException("no certificate in PEM");
    }
    return certificates;
  }

  /// @param algorithm that of the certificate's public key
  static PrivateKey key(String pem, String algorithm) throws GeneralSecurityException {
    String base64 = pem.replaceAll("-----[A-Z ]+-----", "");
    byte[] der;
    try {
      der = Base64.getMimeDecoder().decode(base64);
    } catch (IllegalArgumentException notBase64) {
      throw new GeneralSecurityException("not a PEM key", notBase64);
    }
    return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
  }

  private static byte[] encoded(X509Certificate certificate) {
    try {
      return certificate.getEncoded();
    } catch (CertificateEncodingException impossible) {
      throw new IllegalArgumentException("certificate without an encoding", impossible);
    }
  }
}
