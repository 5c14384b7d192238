package dev.pintle.server.pki;

import dev.pintle.server.failure.ExitCode;
import dev.pintle.server.failure.StartException;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;

/// Certificates and keys that the user brings, in any of the forms that PEM files have.
public final class UserPem {
  private UserPem() {}

  public static Credential credential(Path certificate, Path key)
      throws GeneralSecurityException, StartException {
    List<X509Certificate> chain = authorities(certificate);
    PrivateKey read;
    try {
      read = key(text(key));
    } catch (IOException damaged) {
      throw unusable(key, damaged);
    }
    if (!read.getAlgorithm().equals(chain.getFirst().getPublicKey().getAlgorithm())
        && !isEllipticOfBoth(read, chain.getFirst())) {
      throw new StartException(ExitCode.USAGE, "%s: not the key of %s".formatted(key, certificate));
    }
    return new Credential(chain, read);
  }

  /// All certificates of a file.
  public static List<X509Certificate> authorities(Path file) throws StartException {
    try {
      return Pem.certificates(text(file));
    } catch (GeneralSecurityException damaged) {
      throw unusable(file, damaged);
    }
  }

  /// The libraries have two names for the same.
  private static boolean isEllipticOfBoth(PrivateKey key, X509Certificate certificate) {
    return key.getAlgorithm().startsWith("EC")
        && certificate.getPublicKey().getAlgorithm().startsWith("EC");
  }

  private static PrivateKey key(String pem) throws IOException {
    try (PEMParser parser = new PEMParser(new StringReader(pem))) {
      for (Object found = parser.readObject(); found != null; found = parser.readObject()) {
        if (found instanceof PrivateKeyInfo plain) {
          return new JcaPEMKeyConverter().getPrivateKey(plain);
        }
        if (found instanceof PEMKeyPair pair) {
          return new JcaPEMKeyConverter().getKeyPair(pair).getPrivate();
        }
      }
    }
    throw new IOException("no private key in PEM (expected: one that is not encrypted)");
  }

  private static String text(Path file) throws StartException {
    try {
      return Files.readString(file);
    } catch (IOException absent) {
      throw unusable(file, absent);
    }
  }

  private static StartException unusable(Path file, Exception why) {
    return new StartException(
        ExitCode.USAGE, "%s: cannot be used: %s".formatted(file, why.getMessage()), why);
  }
}
