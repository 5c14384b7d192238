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
    var builder =
        new JcaX509v3CertificateBuilder(
            issuer.name(),
            new BigInteger(SERIAL_BITS, random).setBit(SERIAL_BITS),
            Date.from(now.minus(BACKDATED)),
            Date.from(end),
            principal(subject),
            key);
    try {
      addExtensions(builder, subject, key, issuer);
      String algorithm = AuthoritySignature.of(issuer.publicKey());
      var signing = new JcaContentSignerBuilder(algorithm).build(issuer.key());
      return new JcaX509CertificateConverter().getCertificate(builder.build(signing));
    } catch (CertIOException | OperatorCreationException notMade) {
      throw new GeneralSecurityException("certificate for " + subject.name(), notMade);
    }
  }

  private static void addExtensions(
      JcaX509v3CertificateBuilder builder, CertificateProfile subject, PublicKey key, Issuer issuer)
      throws CertIOException, GeneralSecurityException {
    boolean authority = subject.use() == CertificateProfile.Use.AUTHORITY;
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
    int usage = authority ? KeyUsage.keyCertSign | KeyUsage.cRLSign : KeyUsage.digitalSignature;
    builder.addExtension(Extension.keyUsage, true, new KeyUsage(usage));
    JcaX509ExtensionUtils identifiers = new JcaX509ExtensionUtils();
    builder.addExtension(
        Extension.subjectKeyIdentifier, false, identifiers.createSubjectKeyIdentifier(key));
    if (!issuer.isSelf(key)) {
      builder.addExtension(
          Extension.authorityKeyIdentifier,
          false,
          identifiers.createAuthorityKeyIdentifier(issuer.publicKey()));
    }
    if (!authority) {
      KeyPurposeId purpose =
          subject.use() == CertificateProfile.Use.SERVER
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
