package dev.pintle.server.pki;

import dev.pintle.kube.certificate.PemBlock;
import dev.pintle.server.failure.ExitCode;
import dev.pintle.server.failure.StartException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/// Certificates and keys that the user brings, in any of the forms that PEM files have.
public final class UserPem {
  private static final byte[] PROOF = {1};

  private UserPem() {}

  public static Credential credential(Path certificate, Path key)
      throws GeneralSecurityException, StartException {
    List<X509Certificate> chain = authorities(certificate);
    PrivateKey read;
    try {
      read = key(text(key));
    } catch (GeneralSecurityException damaged) {
      throw unusable(key, damaged);
    }
    if (!kind(read.getAlgorithm()).equals(kind(chain.getFirst().getPublicKey().getAlgorithm()))) {
      throw new StartException(ExitCode.USAGE, "%s: not the key of %s".formatted(key, certificate));
    }
    requireMatch(read, chain.getFirst(), key, certificate);
    return new Credential(chain, read);
  }

  /// A file that was replaced a moment before the other one is not to be served with that.
  private static void requireMatch(
      PrivateKey read, X509Certificate first, Path key, Path certificate)
      throws GeneralSecurityException, StartException {
    String algorithm = AuthoritySignature.of(first.getPublicKey()).java();
    Signature signing = Signature.getInstance(algorithm);
    signing.initSign(read);
    signing.update(PROOF);
    byte[] proof = signing.sign();
    Signature checking = Signature.getInstance(algorithm);
    checking.initVerify(first.getPublicKey());
    checking.update(PROOF);
    if (!checking.verify(proof)) {
      throw new StartException(ExitCode.USAGE, "%s: not the key of %s".formatted(key, certificate));
    }
  }

  /// All certificates of a file.
  public static List<X509Certificate> authorities(Path file) throws StartException {
    try {
      return Pem.certificates(text(file));
    } catch (GeneralSecurityException damaged) {
      throw unusable(file, damaged);
    }
  }

  /// The JDK calls a key on an Edwards curve by the curve or by the family.
  private static String kind(String algorithm) {
    return algorithm.startsWith("Ed") ? "EdDSA" : algorithm;
  }

  /// The keys of a file by which signatures are checked: public ones, those of certificates, and the public halves of private ones.
  public static List<PublicKey> publicKeys(Path file) throws StartException {
    List<PublicKey> keys = new ArrayList<>();
    try {
      for (PemBlock block : blocks(text(file))) {
        if (KeyPem.isPublic(block)) {
          keys.add(KeyPem.publicKey(block));
        } else if (KeyPem.isPrivate(block)) {
          keys.add(PublicHalf.of(KeyPem.privateKey(block)));
        } else if (block.type().endsWith("CERTIFICATE")) {
          keys.add(certified(block));
        }
      }
    } catch (GeneralSecurityException damaged) {
      throw unusable(file, damaged);
    }
    if (keys.isEmpty()) {
      throw unusable(file, new IOException("no key in PEM (expected: RSA, or a curve)"));
    }
    return keys;
  }

  private static PublicKey certified(PemBlock certificate) throws GeneralSecurityException {
    return CertificateFactory.getInstance("X.509")
        .generateCertificate(new ByteArrayInputStream(certificate.content().array()))
        .getPublicKey();
  }

  /// The first private key of a file, with its public half.
  public static KeyPair keyPair(Path file) throws StartException {
    try {
      PrivateKey read = key(text(file));
      return new KeyPair(PublicHalf.of(read), read);
    } catch (GeneralSecurityException damaged) {
      throw unusable(file, damaged);
    }
  }

  private static PrivateKey key(String pem) throws GeneralSecurityException {
    for (PemBlock block : blocks(pem)) {
      if (KeyPem.isPrivate(block)) {
        return KeyPem.privateKey(block);
      }
    }
    throw new GeneralSecurityException(
        "no private key in PEM (expected: one that is not encrypted)");
  }

  private static List<PemBlock> blocks(String pem) {
    return PemBlock.all(pem.getBytes(StandardCharsets.UTF_8));
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
