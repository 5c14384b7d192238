package dev.pintle.kube.token;

import dev.pintle.kube.object.JsonObject;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Base64;

/// A public key by which tokens are checked: RSA, or on one of the curves P-256, P-384 and P-521, with the algorithm that RFC 7518 has for it.
final class VerifyingKey {
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  private final PublicKey key;
  private final Kind kind;
  private final String id;

  /// An algorithm of signatures.
  ///
  /// @param name in the header of a token
  /// @param signature as the JDK names it
  /// @param curve empty for RSA
  /// @param bytes of a coordinate; 0 for RSA
  private record Kind(String name, String signature, String curve, int bytes) {
    static Kind of(PublicKey key) {
      return switch (key) {
        case RSAPublicKey _ -> new Kind("RS256", "SHA256withRSA", "", 0);
        case ECPublicKey curve -> ofCurve(curve.getParams().getOrder().bitLength());
        default ->
            throw new IllegalArgumentException(
                "key of tokens: %s (expected: RSA, or a curve)".formatted(key.getAlgorithm()));
      };
    }

    private static Kind ofCurve(int bits) {
      return switch (bits) {
        case 256 -> new Kind("ES256", "SHA256withECDSAinP1363Format", "P-256", 32);
        case 384 -> new Kind("ES384", "SHA384withECDSAinP1363Format", "P-384", 48);
        case 521 -> new Kind("ES512", "SHA512withECDSAinP1363Format", "P-521", 66);
        default ->
            throw new IllegalArgumentException(
                "key of tokens: a curve of %d bits (expected: P-256, P-384 or P-521)"
                    .formatted(bits));
      };
    }
  }

  /// @throws IllegalArgumentException for a key of another kind
  VerifyingKey(PublicKey key) {
    this.key = key;
    this.kind = Kind.of(key);
    this.id = BASE64.encodeToString(sha256(key.getEncoded()));
  }

  /// Tells keys apart without telling anything of them: the hash of the key.
  String id() {
    return id;
  }

  /// As the header of a token names it.
  String algorithm() {
    return kind.name();
  }

  /// As the JDK names the signature.
  String signature() {
    return kind.signature();
  }

  boolean hasSigned(byte[] content, byte[] signed) {
    try {
      Signature signature = Signature.getInstance(kind.signature());
      signature.initVerify(key);
      signature.update(content);
      return signature.verify(signed);
    } catch (GeneralSecurityException notASignature) {
      return false;
    }
  }

  /// As a JSON Web Key (RFC 7517).
  JsonObject shown() {
    JsonObject shown = new JsonObject().set("use", "sig");
    return switch (key) {
      case RSAPublicKey rsa ->
          shown
              .set("kty", "RSA")
              .set("kid", id)
              .set("alg", kind.name())
              .set("n", unsigned(rsa.getModulus()))
              .set("e", unsigned(rsa.getPublicExponent()));
      case ECPublicKey curve ->
          shown
              .set("kty", "EC")
              .set("kid", id)
              .set("crv", kind.curve())
              .set("alg", kind.name())
              .set("x", coordinate(curve.getW().getAffineX()))
              .set("y", coordinate(curve.getW().getAffineY()));
      default -> throw new IllegalStateException("a key of another kind was refused before");
    };
  }

  /// Always of the curve's length (RFC 7518, section 6.2.1.2).
  private String coordinate(BigInteger number) {
    byte[] bytes = number.toByteArray();
    byte[] padded = new byte[kind.bytes()];
    int copied = Math.min(bytes.length, padded.length);
    System.arraycopy(bytes, bytes.length - copied, padded, padded.length - copied, copied);
    return BASE64.encodeToString(padded);
  }

  private static String unsigned(BigInteger number) {
    byte[] bytes = number.toByteArray();
    return BASE64.encodeToString(
        bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes);
  }

  private static byte[] sha256(byte[] content) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(content);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("SHA-256 is part of every JDK", impossible);
    }
  }
}
