package dev.pintle.server.pki;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// Makes keys and certificates for them: on the curve P-256, but RSA for the administrator, since clients that read a key from
/// a kubeconfig take it for RSA unless told otherwise.
final class CertificateMaker {
  /// Clocks of other machines may be behind ours.
  private static final Duration BACKDATED = Duration.ofMinutes(5);

  private static final Duration AUTHORITY_LIFE = Duration.ofDays(3650);
  private static final Duration LEAF_LIFE = Duration.ofDays(365);
  private static final int SERIAL_BITS = 120;
  private static final int RSA_BITS = 2048;

  private final SecureRandom random;
  private final Instant now;

  private record Issuer(X500Principal name, PublicKey publicKey, PrivateKey key) {}

  CertificateMaker(SecureRandom random, Instant now) {
    this.random = random;
    this.now = now;
  }

  Credential authority() throws GeneralSecurityException {
    KeyPair keys = keys(Subject.AUTHORITY);
    Issuer self = new Issuer(principal(Subject.AUTHORITY), keys.getPublic(), keys.getPrivate());
    X509Certificate certificate = certificate(Subject.AUTHORITY, keys, self);
    return new Credential(certificate, keys.getPrivate());
  }

  Credential issue(Credential authority, Subject subject) throws GeneralSecurityException {
    KeyPair keys = keys(subject);
    X509Certificate issuing = authority.certificate();
    Issuer issuer =
        new Issuer(issuing.getSubjectX500Principal(), issuing.getPublicKey(), authority.key());
    X509Certificate certificate = certificate(subject, keys, issuer);
    return new Credential(certificate, keys.getPrivate());
  }

  private KeyPair keys(Subject subject) throws GeneralSecurityException {
    if (subject.use() == Subject.Use.CLIENT) {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(RSA_BITS, random);
      return generator.generateKeyPair();
    }
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"), random);
    return generator.generateKeyPair();
  }

  private X509Certificate certificate(Subject subject, KeyPair keys, Issuer issuer)
      throws GeneralSecurityException {
    Duration life = subject.use() == Subject.Use.AUTHORITY ? AUTHORITY_LIFE : LEAF_LIFE;
    var builder =
        new JcaX509v3CertificateBuilder(
            issuer.name(),
            new BigInteger(SERIAL_BITS, random).setBit(SERIAL_BITS),
            Date.from(now.minus(BACKDATED)),
            Date.from(now.plus(life)),
            principal(subject),
            keys.getPublic());
    try {
      addExtensions(builder, subject, keys, issuer);
      var signing = new JcaContentSignerBuilder("SHA256withECDSA").build(issuer.key());
      return new JcaX509CertificateConverter().getCertificate(builder.build(signing));
    } catch (CertIOException | OperatorCreationException notMade) {
      throw new GeneralSecurityException("certificate for " + subject.name(), notMade);
    }
  }

  private static void addExtensions(
      JcaX509v3CertificateBuilder builder, Subject subject, KeyPair keys, Issuer issuer)
      throws CertIOException, GeneralSecurityException {
    boolean authority = subject.use() == Subject.Use.AUTHORITY;
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
    int usage = authority ? KeyUsage.keyCertSign | KeyUsage.cRLSign : KeyUsage.digitalSignature;
    builder.addExtension(Extension.keyUsage, true, new KeyUsage(usage));
    JcaX509ExtensionUtils identifiers = new JcaX509ExtensionUtils();
    builder.addExtension(
        Extension.subjectKeyIdentifier,
        false,
        identifiers.createSubjectKeyIdentifier(keys.getPublic()));
    if (!authority) {
      builder.addExtension(
          Extension.authorityKeyIdentifier,
          false,
          identifiers.createAuthorityKeyIdentifier(issuer.publicKey()));
      KeyPurposeId purpose =
          subject.use() == Subject.Use.SERVER
              ? KeyPurposeId.id_kp_serverAuth
              : KeyPurposeId.id_kp_clientAuth;
      builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose));
    }
    if (!subject.hosts().isEmpty()) {
      builder.addExtension(Extension.subjectAlternativeName, false, names(subject.hosts()));
    }
  }

  private static GeneralNames names(List<String> hosts) {
    return new GeneralNames(
        hosts.stream()
            .map(host ->
                new GeneralName(
                    HostNames.isAddress(host) ? GeneralName.iPAddress : GeneralName.dNSName, host))
            .toArray(GeneralName[]::new));
  }

  private static X500Principal principal(Subject subject) {
    return new X500Principal(
        subject.group().isEmpty()
            ? "CN=" + subject.name()
            : "CN=%s, O=%s".formatted(subject.name(), subject.group()));
  }
}
