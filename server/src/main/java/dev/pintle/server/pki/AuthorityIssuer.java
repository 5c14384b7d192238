package dev.pintle.server.pki;

import dev.pintle.kube.certificate.CertificateIssuer;
import dev.pintle.kube.certificate.CertificateOrder;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Date;
import java.util.Locale;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

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
    X509v3CertificateBuilder builder =
        new X509v3CertificateBuilder(
            X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded()),
            new BigInteger(SERIAL_BITS, new SecureRandom()),
            Date.from(order.from()),
            Date.from(order.until().isBefore(end) ? order.until() : end),
            OrderedNames.subject(order.names()),
            SubjectPublicKeyInfo.getInstance(order.key().getEncoded()));
    try {
      addExtensions(builder, order);
      String algorithm = AuthoritySignature.of(certificate.getPublicKey());
      var signing = new JcaContentSignerBuilder(algorithm).build(key);
      return Pem.write("CERTIFICATE", builder.build(signing).getEncoded());
    } catch (IOException | OperatorCreationException notMade) {
      throw new GeneralSecurityException(
          "failed to sign certificate: " + notMade.getMessage(), notMade);
    }
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

  private void addExtensions(X509v3CertificateBuilder builder, CertificateOrder order)
      throws IOException {
    CertificateUsages.add(builder, order.usages());
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
    byte[] own = certificate.getExtensionValue(Extension.subjectKeyIdentifier.getId());
    if (own != null) {
      SubjectKeyIdentifier identifier =
          SubjectKeyIdentifier.getInstance(JcaX509ExtensionUtils.parseExtensionValue(own));
      builder.addExtension(
          Extension.authorityKeyIdentifier,
          false,
          new AuthorityKeyIdentifier(identifier.getKeyIdentifier()));
    }
    if (!order.names().alternatives().isEmpty()) {
      builder.addExtension(
          Extension.subjectAlternativeName,
          order.names().subject().isEmpty(),
          OrderedNames.alternatives(order.names().alternatives()));
    }
  }

  /// Never the key.
  @Override
  public String toString() {
    return "AuthorityIssuer[" + certificate.getSubjectX500Principal() + "]";
  }
}
