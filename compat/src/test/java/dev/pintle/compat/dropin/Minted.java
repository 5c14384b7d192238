package dev.pintle.compat.dropin;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.concurrent.atomic.AtomicLong;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CRLConverter;
import org.bouncycastle.cert.jcajce.JcaX509v2CRLBuilder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// A certificate and its key, made for a test.
record Minted(X509Certificate certificate, KeyPair keys) {
  private static final AtomicLong SERIAL = new AtomicLong(1000);
  private static final Duration LIFE = Duration.ofDays(1);
  private static final String SIGNATURE = "SHA256withECDSA";

  static Minted authority(String name) throws Exception {
    KeyPair keys = newKeys();
    return new Minted(certificate(name, true, "", keys, name, keys), keys);
  }

  /// One that this authority vouches for, for 127.0.0.1 and `host`.
  Minted issue(String name, String host) throws Exception {
    KeyPair made = newKeys();
    String issuer = certificate.getSubjectX500Principal().getName().substring("CN=".length());
    return new Minted(certificate(name, false, host, made, issuer, keys), made);
  }

  /// A list of revoked ones, in DER.
  byte[] revoking(Minted... revoked) throws Exception {
    JcaX509v2CRLBuilder list =
        new JcaX509v2CRLBuilder(certificate.getSubjectX500Principal(), Date.from(Instant.now()));
    for (Minted each : revoked) {
      list.addCRLEntry(each.certificate().getSerialNumber(), Date.from(Instant.now()), 0);
    }
    return new JcaX509CRLConverter()
        .getCRL(list.build(new JcaContentSignerBuilder(SIGNATURE).build(keys.getPrivate())))
        .getEncoded();
  }

  /// Replaces both files, each as a whole.
  void write(Path certificateFile, Path keyFile) throws Exception {
    replace(
        keyFile,
        pem("PRIVATE KEY", keys.getPrivate().getEncoded()).getBytes(StandardCharsets.US_ASCII));
    replace(
        certificateFile,
        pem("CERTIFICATE", certificate.getEncoded()).getBytes(StandardCharsets.US_ASCII));
  }

  String asPem() throws Exception {
    return pem("CERTIFICATE", certificate.getEncoded());
  }

  static void replace(Path file, byte[] content) throws IOException {
    Path part = Files.write(file.resolveSibling(file.getFileName() + ".part"), content);
    Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  private static String pem(String label, byte[] der) {
    return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n"
        .formatted(
            label,
            Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(der));
  }

  private static KeyPair newKeys() throws Exception {
    return KeyPairGenerator.getInstance("EC").generateKeyPair();
  }

  private static X509Certificate certificate(
      String name, boolean authority, String host, KeyPair subject, String issuer, KeyPair signing)
      throws Exception {
    Instant now = Instant.now();
    var builder =
        new JcaX509v3CertificateBuilder(
            new X500Principal("CN=" + issuer),
            BigInteger.valueOf(SERIAL.incrementAndGet()),
            Date.from(now.minus(LIFE)),
            Date.from(now.plus(LIFE)),
            new X500Principal("CN=" + name),
            subject.getPublic());
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
    if (!authority) {
      builder.addExtension(
          Extension.subjectAlternativeName,
          false,
          new GeneralNames(
              new GeneralName[] {
                new GeneralName(GeneralName.iPAddress, "127.0.0.1"),
                new GeneralName(GeneralName.dNSName, host)
              }));
    }
    byte[] der =
        builder
            .build(new JcaContentSignerBuilder(algorithm(signing)).build(signing.getPrivate()))
            .getEncoded();
    return (X509Certificate)
        CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
  }

  private static String algorithm(KeyPair signing) {
    return signing.getPrivate().getAlgorithm().startsWith("EC") ? SIGNATURE : "SHA256withRSA";
  }
}
