package dev.pintle.server.pki;

import dev.pintle.server.failure.ExitCode;
import dev.pintle.server.failure.StartException;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.util.SubjectPublicKeyInfoFactory;
import org.bouncycastle.jcajce.provider.asymmetric.util.EC5Util;
import org.bouncycastle.math.ec.ECPoint;
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

  /// The keys of a file by which signatures are checked: public ones, those of certificates, and the public halves of private ones.
  public static List<PublicKey> publicKeys(Path file) throws StartException {
    List<PublicKey> keys = new ArrayList<>();
    try (PEMParser parser = new PEMParser(new StringReader(text(file)))) {
      JcaPEMKeyConverter converter = new JcaPEMKeyConverter();
      for (Object found = parser.readObject(); found != null; found = parser.readObject()) {
        switch (found) {
          case SubjectPublicKeyInfo plain -> keys.add(converter.getPublicKey(plain));
          case X509CertificateHolder certificate ->
              keys.add(converter.getPublicKey(certificate.getSubjectPublicKeyInfo()));
          case PEMKeyPair pair -> keys.add(converter.getKeyPair(pair).getPublic());
          case PrivateKeyInfo plain -> keys.add(publicHalf(converter.getPrivateKey(plain)));
          default -> {
            // Parameters of a curve, and what else may stand beside a key.
          }
        }
      }
    } catch (IOException | GeneralSecurityException | RuntimeException damaged) {
      throw unusable(file, damaged);
    }
    if (keys.isEmpty()) {
      throw unusable(file, new IOException("no key in PEM (expected: RSA, or a curve)"));
    }
    return keys;
  }

  /// The first private key of a file, with its public half.
  public static KeyPair keyPair(Path file) throws StartException {
    try {
      PrivateKey read = key(text(file));
      return new KeyPair(publicHalf(read), read);
    } catch (IOException | GeneralSecurityException damaged) {
      throw unusable(file, damaged);
    }
  }

  private static PublicKey publicHalf(PrivateKey key) throws GeneralSecurityException, IOException {
    return switch (key) {
      case RSAPrivateCrtKey rsa ->
          KeyFactory.getInstance("RSA")
              .generatePublic(new RSAPublicKeySpec(rsa.getModulus(), rsa.getPublicExponent()));
      case ECPrivateKey curve -> {
        ECPoint point =
            EC5Util.convertSpec(curve.getParams()).getG().multiply(curve.getS()).normalize();
        yield KeyFactory.getInstance("EC")
            .generatePublic(new ECPublicKeySpec(EC5Util.convertPoint(point), curve.getParams()));
      }
      case EdECPrivateKey edwards -> {
        byte[] seed = edwards.getBytes().orElseThrow();
        yield KeyFactory.getInstance("Ed25519")
            .generatePublic(
                new X509EncodedKeySpec(
                    SubjectPublicKeyInfoFactory.createSubjectPublicKeyInfo(
                            new Ed25519PrivateKeyParameters(seed).generatePublicKey())
                        .getEncoded()));
      }
      default ->
          throw new GeneralSecurityException(
              "a key of %s (expected: RSA, or a curve)".formatted(key.getAlgorithm()));
    };
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
