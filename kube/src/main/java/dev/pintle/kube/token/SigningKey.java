package dev.pintle.kube.token;

import dev.pintle.kube.object.JsonObject;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Base64;

/// The key that signs tokens: RSA with SHA-256, `RS256`, which every reader of tokens knows.
public final class SigningKey {
  static final String ALGORITHM = "RS256";
  private static final String SIGNATURE = "SHA256withRSA";
  private static final int BITS = 2_048;
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  private final KeyPair pair;
  private final RSAPublicKey publicKey;
  private final String id;

  public SigningKey(KeyPair pair) {
    if (!(pair.getPublic() instanceof RSAPublicKey rsa)) {
      throw new IllegalArgumentException(
          "key of tokens: %s (expected: RSA)".formatted(pair.getPublic().getAlgorithm()));
    }
    this.pair = pair;
    this.publicKey = rsa;
    this.id = BASE64.encodeToString(sha256(rsa.getEncoded()));
  }

  /// A new one; takes a good part of a second.
  public static KeyPair newPair() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(BITS);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("RSA is part of every JDK", impossible);
    }
  }

  /// Tells keys apart without telling anything of them: the hash of the public half.
  String id() {
    return id;
  }

  byte[] sign(byte[] content) {
    try {
      Signature signature = Signature.getInstance(SIGNATURE);
      signature.initSign(pair.getPrivate());
      signature.update(content);
      return signature.sign();
    } catch (GeneralSecurityException broken) {
      throw new IllegalStateException("key of tokens: cannot sign", broken);
    }
  }

  boolean hasSigned(byte[] content, byte[] signed) {
    try {
      Signature signature = Signature.getInstance(SIGNATURE);
      signature.initVerify(publicKey);
      signature.update(content);
      return signature.verify(signed);
    } catch (GeneralSecurityException notASignature) {
      return false;
    }
  }

  /// The public half as a JSON Web Key (RFC 7517).
  JsonObject shown() {
    return new JsonObject()
        .set("use", "sig")
        .set("kty", "RSA")
        .set("kid", id)
        .set("alg", ALGORITHM)
        .set("n", unsigned(publicKey.getModulus()))
        .set("e", unsigned(publicKey.getPublicExponent()));
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
