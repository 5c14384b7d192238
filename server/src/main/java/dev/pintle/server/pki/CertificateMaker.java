package dev.pintle.server.pki;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.security.auth.x500.X500Principal;

/// The maker of keys and of certificates for them. No certificate outlives the one that vouches for it.
final class CertificateMaker {
  /// Clocks of other machines may be behind ours.
  private static final Duration BACKDATED = Duration.ofMinutes(5);

  private static final Duration AUTHORITY_LIFE = Duration.ofDays(3650);
  private static final Duration LEAF_LIFE = Duration.ofDays(365);
  private static final int SERIAL_BITS = 120;
  private static final int RSA_BITS = 2048;

  private final SecureRandom random;
  private final Instant now;

  private record Issuer(X500Principal name, PublicKey publicKey, PrivateKey key, Instant end) {
    static Issuer of(X509Certificate authority, PrivateKey key) {
      return new Issuer(
          authority.getSubjectX500Principal(),
          authority.getPublicKey(),
          key,
          authority.getNotAfter().toInstant());
    }

    boolean isSelf(PublicKey subject) {
      return publicKey.equals(subject);
    }
  }

  CertificateMaker(SecureRandom random, Instant now) {
    this.random = random;
    this.now = now;
  }

  Credential authority(CertificateProfile subject) throws GeneralSecurityException {
    KeyPair keys = keys(subject);
    Instant end = now.plus(AUTHORITY_LIFE);
    Issuer self = new Issuer(principal(subject), keys.getPublic(), keys.getPrivate(), end);
    X509Certificate certificate = certificate(subject, keys.getPublic(), self);
    return new Credential(certificate, keys.getPrivate());
  }

  Credential issue(X509Certificate authority, PrivateKey key, CertificateProfile subject)
      throws GeneralSecurityException {
    KeyPair keys = keys(subject);
    X509Certificate certificate = certificate(subject, keys.getPublic(), Issuer.of(authority, key));
    return new Credential(certificate, keys.getPrivate());
  }

  /// Lets an authority vouch for the one that follows it, so that who trusts the old one believes what the new one issues.
  X509Certificate cross(X509Certificate old, PrivateKey oldKey, X509Certificate successor)
      throws GeneralSecurityException {
    String name = successor.getSubjectX500Principal().getName();
    CertificateProfile subject = CertificateProfile.authority(name.substring("CN=".length()));
    return certificate(subject, successor.getPublicKey(), Issuer.of(old, oldKey));
  }

  private KeyPair keys(CertificateProfile subject) throws GeneralSecurityException {
    return switch (subject.key()) {
      case CURVE -> {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"), random);
        yield generator.generateKeyPair();
      }
      case RSA -> {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(RSA_BITS, random);
        yield generator.generateKeyPair();
      }
    };
  }

  private X509Certificate certificate(CertificateProfile subject, PublicKey key, Issuer issuer)
      throws GeneralSecurityException {
    Duration life = subject.use() == CertificateProfile.Use.AUTHORITY ? AUTHORITY_LIFE : LEAF_LIFE;
    Instant end = now.plus(life).isBefore(issuer.end()) ? now.plus(life) : issuer.end();
    CertificateBuilder builder =
        new CertificateBuilder(
            new BigInteger(SERIAL_BITS, random).setBit(SERIAL_BITS),
            now.minus(BACKDATED),
            end,
            principal(subject).getEncoded(),
            key);
    addExtensions(builder, subject, key, issuer);
    byte[] der =
        builder.sign(
            issuer.name().getEncoded(), AuthoritySignature.of(issuer.publicKey()), issuer.key());
    return (X509Certificate)
        CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
  }

  private static void addExtensions(
      CertificateBuilder builder, CertificateProfile subject, PublicKey key, Issuer issuer)
      throws GeneralSecurityException {
    boolean authority = subject.use() == CertificateProfile.Use.AUTHORITY;
    builder.basicConstraints(authority);
    builder.keyUsage(
        authority
            ? CertificateBuilder.KEY_CERT_SIGN | CertificateBuilder.CRL_SIGN
            : CertificateBuilder.DIGITAL_SIGNATURE);
    builder.subjectKey(CertificateBuilder.identifierOf(key));
    if (!issuer.isSelf(key)) {
      builder.authorityKey(CertificateBuilder.identifierOf(issuer.publicKey()));
    }
    if (!authority) {
      boolean serves = subject.use() == CertificateProfile.Use.SERVER;
      builder.extendedKeyUsage(
          List.of(serves ? CertificateUsages.SERVER_AUTH : CertificateUsages.CLIENT_AUTH));
    }
    if (!subject.hosts().isEmpty()) {
      builder.alternativeNames(subject.hosts().stream().map(GeneralNames::host).toList(), false);
    }
  }

  private static X500Principal principal(CertificateProfile subject) {
    // The text names them from the last to the first.
    StringBuilder name = new StringBuilder("CN=").append(escaped(subject.name()));
    subject.groups().reversed().forEach(group -> name.append(", O=").append(escaped(group)));
    return new X500Principal(name.toString());
  }

  /// As RFC 2253 has it: whatever may mean something there, and blanks at an end, stand behind a backslash.
  private static String escaped(String value) {
    StringBuilder escaped = new StringBuilder();
    for (int i = 0; i < value.length(); i++) {
      char each = value.charAt(i);
      if (",=+<>#;\"\\ ".indexOf(each) >= 0) {
        escaped.append('\\');
      }
      escaped.append(each);
    }
    return escaped.toString();
  }
}
