package dev.pintle.server.pki;

import dev.pintle.kube.certificate.Asn1Reader;
import dev.pintle.kube.certificate.MalformedException;
import dev.pintle.kube.certificate.PemBlock;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;

/// The reader of keys in the forms that PEM files have: PKCS 8 and X.509 for keys of any kind, PKCS 1 for those of RSA, SEC 1 for those on a
/// curve.
final class KeyPem {
  private static final String RSA = "1.2.840.113549.1.1.1";
  private static final String CURVE = "1.2.840.10045.2.1";
  private static final byte[] VERSION = Der.integer(BigInteger.ZERO);

  private KeyPem() {}

  /// Whether it is a private key that is not encrypted.
  static boolean isPrivate(PemBlock block) {
    return !block.headers()
        && switch (block.type()) {
          case "PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY" -> true;
          default -> false;
        };
  }

  static boolean isPublic(PemBlock block) {
    return block.type().equals("PUBLIC KEY") || block.type().equals("RSA PUBLIC KEY");
  }

  /// @param block one that [#isPrivate]
  static PrivateKey privateKey(PemBlock block) throws GeneralSecurityException {
    byte[] content = block.content().array();
    try {
      byte[] whole =
          switch (block.type()) {
            case "RSA PRIVATE KEY" -> Der.sequence(VERSION, rsa(), Der.octets(content));
            case "EC PRIVATE KEY" -> Der.sequence(VERSION, curveOf(content), Der.octets(content));
            default -> content;
          };
      Asn1Reader parts = new Asn1Reader(whole).next(Asn1Reader.SEQUENCE, "").inside();
      parts.next(Asn1Reader.INTEGER, "");
      return KeyFactory.getInstance(algorithm(parts))
          .generatePrivate(new PKCS8EncodedKeySpec(whole));
    } catch (MalformedException damaged) {
      throw new GeneralSecurityException(damaged.getMessage(), damaged);
    }
  }

  /// @param block one that [#isPublic]
  static PublicKey publicKey(PemBlock block) throws GeneralSecurityException {
    byte[] content = block.content().array();
    try {
      byte[] whole =
          block.type().equals("PUBLIC KEY") ? content : Der.sequence(rsa(), Der.bits(content));
      Asn1Reader parts = new Asn1Reader(whole).next(Asn1Reader.SEQUENCE, "").inside();
      return KeyFactory.getInstance(algorithm(parts)).generatePublic(new X509EncodedKeySpec(whole));
    } catch (MalformedException damaged) {
      throw new GeneralSecurityException(damaged.getMessage(), damaged);
    }
  }

  private static byte[] rsa() {
    return Der.sequence(Der.identifier(RSA), Der.NULL);
  }

  /// The curve that a key of SEC 1 names.
  private static byte[] curveOf(byte[] key) throws MalformedException {
    Asn1Reader parts = new Asn1Reader(key).next(Asn1Reader.SEQUENCE, "").inside();
    parts.next(Asn1Reader.INTEGER, "");
    parts.next(Asn1Reader.OCTET_STRING, "");
    return Der.sequence(Der.identifier(CURVE), parts.tagged(0).inside().any().whole());
  }

  /// The JDK's name for the algorithm that comes next.
  private static String algorithm(Asn1Reader parts) throws MalformedException {
    Asn1Reader algorithm = parts.next(Asn1Reader.SEQUENCE, "").inside();
    String name = Asn1Reader.dotted(algorithm.next(Asn1Reader.OBJECT_IDENTIFIER, ""));
    return switch (name) {
      case RSA -> "RSA";
      case CURVE -> "EC";
      case "1.3.101.112" -> "Ed25519";
      default -> name;
    };
  }
}
