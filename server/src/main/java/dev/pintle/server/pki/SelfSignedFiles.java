package dev.pintle.server.pki;

import dev.pintle.server.folder.PrivateFiles;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.security.auth.x500.X500Principal;

/// The files of a server's certificate that vouches for itself, as etcd's `--auto-tls` makes one.
public final class SelfSignedFiles {
  private static final int SERIAL_BITS = 127;
  private static final Duration YEAR = Duration.ofDays(365);

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
    byte[] name = new X500Principal("O=etcd").getEncoded();
    CertificateBuilder builder =
        new CertificateBuilder(
                new BigInteger(SERIAL_BITS, random),
                now,
                now.plus(YEAR.multipliedBy(years)),
                name,
                keys.getPublic())
            .basicConstraints(true)
            .keyUsage(
                CertificateBuilder.KEY_ENCIPHERMENT
                    | CertificateBuilder.DIGITAL_SIGNATURE
                    | CertificateBuilder.CRL_SIGN)
            .extendedKeyUsage(List.of(CertificateUsages.SERVER_AUTH));
    if (!hosts.isEmpty()) {
      builder.alternativeNames(hosts.stream().map(GeneralNames::host).toList(), false);
    }
    byte[] der = builder.sign(name, AuthoritySignature.of(keys.getPublic()), keys.getPrivate());
    return (X509Certificate)
        CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
  }
}
