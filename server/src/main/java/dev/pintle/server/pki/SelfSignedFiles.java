package dev.pintle.server.pki;

import dev.pintle.server.folder.PrivateFiles;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
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
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// The files of a server's certificate that vouches for itself, as etcd's `--auto-tls` makes one.
public final class SelfSignedFiles {
  private static final int SERIAL_BITS = 127;
  private static final Duration YEAR = Duration.ofDays(365);
  private static final String SIGNATURE = "SHA256withECDSA";

  private SelfSignedFiles() {}

  /// Makes both files, unless both are there.
  ///
  /// @return whether they were made
  public static boolean make(Path certificate, Path key, List<String> hosts, int years, Instant now)
      throws IOException, GeneralSecurityException {
    if (Files.exists(certificate) && Files.exists(key)) {
      return false;
    }
    SecureRandom random = new SecureRandom();
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"), random);
    KeyPair keys = generator.generateKeyPair();
    X509Certificate made = certificate(keys, hosts, years, now, random);
    Credential credential = new Credential(made, keys.getPrivate());
    PrivateFiles.write(key, credential.keyPem());
    PrivateFiles.write(certificate, credential.certificatePem());
    return true;
  }

  private static X509Certificate certificate(
      KeyPair keys, List<String> hosts, int years, Instant now, SecureRandom random)
      throws GeneralSecurityException {
    X500Principal name = new X500Principal("O=etcd");
    var builder =
        new JcaX509v3CertificateBuilder(
            name,
            new BigInteger(SERIAL_BITS, random),
            Date.from(now),
            Date.from(now.plus(YEAR.multipliedBy(years))),
            name,
            keys.getPublic());
    try {
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
      builder.addExtension(
          Extension.keyUsage,
          true,
          new KeyUsage(KeyUsage.keyEncipherment | KeyUsage.digitalSignature | KeyUsage.cRLSign));
      builder.addExtension(
          Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
      if (!hosts.isEmpty()) {
        builder.addExtension(Extension.subjectAlternativeName, false, names(hosts));
      }
      var signing = new JcaContentSignerBuilder(SIGNATURE).build(keys.getPrivate());
      return new JcaX509CertificateConverter().getCertificate(builder.build(signing));
    } catch (CertIOException | OperatorCreationException notMade) {
      throw new GeneralSecurityException("certificate that vouches for itself", notMade);
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
}
