package dev.pintle.bench.api;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// An authority whose certificates a server believes, with which clients of any name and group are made. All of them have one key.
public final class ClientAuthority {
  private static final Duration LIFE = Duration.ofDays(1);
  private static final int SERIAL_BITS = 100;

  private final X509Certificate certificate;
  private final PrivateKey key;
  private final KeyPair clients;
  private final SecureRandom random = new SecureRandom();

  private ClientAuthority(X509Certificate certificate, PrivateKey key)
      throws GeneralSecurityException {
    this.certificate = certificate;
    this.key = key;
    this.clients = keys();
  }

  /// The authority of `ca.crt` and `ca.key` in a folder.
  public static ClientAuthority read(Path folder) throws IOException, GeneralSecurityException {
    byte[] pem = Files.readAllBytes(folder.resolve("ca.crt"));
    X509Certificate certificate =
        (X509Certificate)
            CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(pem));
    String key = Files.readString(folder.resolve("ca.key")).replaceAll("-----[A-Z ]+-----", "");
    PrivateKey read =
        KeyFactory.getInstance(certificate.getPublicKey().getAlgorithm())
            .generatePrivate(new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(key)));
    return new ClientAuthority(certificate, read);
  }

  /// A new authority, left in a folder as [#read] expects it.
  public static void make(Path folder) throws IOException, GeneralSecurityException {
    KeyPair keys = keys();
    ClientAuthority maker =
        new ClientAuthority(
            signed("CN=clients", "CN=clients", keys, keys.getPrivate(), true, new SecureRandom()),
            keys.getPrivate());
    Files.createDirectories(folder);
    write(folder.resolve("ca.crt"), "CERTIFICATE", maker.certificate.getEncoded());
    write(folder.resolve("ca.key"), "PRIVATE KEY", keys.getPrivate().getEncoded());
  }

  private static void write(Path file, String label, byte[] der) throws IOException {
    String text =
        Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(der);
    Files.writeString(
        file, "-----BEGIN %1$s-----%n%2$s%n-----END %1$s-----%n".formatted(label, text));
  }

  /// The certificate of a client.
  ///
  /// @param group empty for none
  X509Certificate issue(String user, String group) throws GeneralSecurityException {
    String subject = group.isEmpty() ? "CN=" + user : "CN=%s, O=%s".formatted(user, group);
    return signed(
        certificate.getSubjectX500Principal().getName(), subject, clients, key, false, random);
  }

  /// That of every client's certificate.
  PrivateKey clientKey() {
    return clients.getPrivate();
  }

  private static KeyPair keys() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    return generator.generateKeyPair();
  }

  private static X509Certificate signed(
      String issuer,
      String subject,
      KeyPair keys,
      PrivateKey signer,
      boolean authority,
      SecureRandom random)
      throws GeneralSecurityException {
    Instant now = Instant.now();
    var builder =
        new JcaX509v3CertificateBuilder(
            new X500Principal(issuer),
            new BigInteger(SERIAL_BITS, random).setBit(SERIAL_BITS),
            Date.from(now.minus(LIFE)),
            Date.from(now.plus(LIFE)),
            new X500Principal(subject),
            keys.getPublic());
    try {
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
      if (!authority) {
        builder.addExtension(
            Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_clientAuth));
      }
      String algorithm = signer.getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA";
      return new JcaX509CertificateConverter()
          .getCertificate(builder.build(new JcaContentSignerBuilder(algorithm).build(signer)));
    } catch (CertIOException | OperatorCreationException notMade) {
      throw new GeneralSecurityException("certificate for " + subject, notMade);
    }
  }
}
