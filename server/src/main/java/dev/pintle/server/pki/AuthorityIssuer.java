package dev.pintle.server.pki;

import dev.pintle.kube.certificate.Asn1Reader;
import dev.pintle.kube.certificate.CertificateIssuer;
import dev.pintle.kube.certificate.CertificateOrder;
import dev.pintle.kube.certificate.MalformedException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// The issuer of certificates to those who ask for them at the Kubernetes port: with the names and usages that were ordered, and of what
/// else it may say what upstream's signer says.
///
/// @param certificate the authority's
/// @param key the authority's
public record AuthorityIssuer(X509Certificate certificate, PrivateKey key)
    implements CertificateIssuer {
  private static final int SERIAL_BITS = 128;

  /// As Go shows a time.
  private static final DateTimeFormatter SHOWN =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss '+0000 UTC'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  @Override
  public String issue(CertificateOrder order) throws GeneralSecurityException {
    Instant end = certificate.getNotAfter().toInstant();
    requireAlive(order, end);
    CertificateBuilder builder =
        new CertificateBuilder(
            new BigInteger(SERIAL_BITS, new SecureRandom()),
            order.from(),
            order.until().isBefore(end) ? order.until() : end,
            OrderedNames.subject(order.names()),
            order.key());
    addExtensions(builder, order);
    byte[] der =
        builder.sign(
            certificate.getSubjectX500Principal().getEncoded(),
            AuthoritySignature.of(certificate.getPublicKey()),
            key);
    return Pem.write("CERTIFICATE", der);
  }

  private static void requireAlive(CertificateOrder order, Instant end)
      throws GeneralSecurityException {
    if (!order.from().isBefore(end)) {
      throw new GeneralSecurityException("the signer has expired: NotAfter=" + SHOWN.format(end));
    }
    if (!order.now().isBefore(end)) {
      throw new GeneralSecurityException(
          "refusing to sign a certificate that expired in the past: NotAfter=" + SHOWN.format(end));
    }
  }

  private void addExtensions(CertificateBuilder builder, CertificateOrder order)
      throws GeneralSecurityException {
    CertificateUsages.add(builder, order.usages());
    builder.basicConstraints(false);
    byte[] own = certificate.getExtensionValue(CertificateBuilder.SUBJECT_KEY_IDENTIFIER);
    if (own != null) {
      builder.authorityKey(keyIdentifier(own));
    }
    if (!order.names().alternatives().isEmpty()) {
      builder.alternativeNames(
          OrderedNames.alternatives(order.names().alternatives()),
          order.names().subject().isEmpty());
    }
  }

  /// @param extension a string of bytes within one
  private static byte[] keyIdentifier(byte[] extension) throws GeneralSecurityException {
    try {
      return new Asn1Reader(extension)
          .next(Asn1Reader.OCTET_STRING, "")
          .inside()
          .next(Asn1Reader.OCTET_STRING, "")
          .content();
    } catch (MalformedException damaged) {
      throw new GeneralSecurityException("failed to sign certificate: the authority's", damaged);
    }
  }

  /// Never the key.
  @Override
  public String toString() {
    return "AuthorityIssuer[" + certificate.getSubjectX500Principal() + "]";
  }
}
