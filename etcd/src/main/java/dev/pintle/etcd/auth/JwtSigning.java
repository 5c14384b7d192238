package dev.pintle.etcd.auth;

import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Optional;
import javax.crypto.Mac;
import org.jspecify.annotations.Nullable;

/// The methods by which JSON web tokens are signed, with their names and their keys as RFC 7518 and RFC 8037 have them.
public enum JwtSigning {
  HS256("HmacSHA256", "HMAC", 0),
  HS384("HmacSHA384", "HMAC", 0),
  HS512("HmacSHA512", "HMAC", 0),
  RS256("SHA256withRSA", "RSA", 0),
  RS384("SHA384withRSA", "RSA", 0),
  RS512("SHA512withRSA", "RSA", 0),
  PS256("RSASSA-PSS", "RSA", 256),
  PS384("RSASSA-PSS", "RSA", 384),
  PS512("RSASSA-PSS", "RSA", 512),
  ES256("SHA256withECDSAinP1363Format", "EC", 0),
  ES384("SHA384withECDSAinP1363Format", "EC", 0),
  ES512("SHA512withECDSAinP1363Format", "EC", 0),
  EDDSA("Ed25519", "Ed25519", 0);

  private final String algorithm;
  private final String keyAlgorithm;
  private final int pssBits;

  JwtSigning(String algorithm, String keyAlgorithm, int pssBits) {
    this.algorithm = algorithm;
    this.keyAlgorithm = keyAlgorithm;
    this.pssBits = pssBits;
  }

  /// The method of a name as tokens have it.
  public static Optional<JwtSigning> named(String name) {
    for (JwtSigning method : values()) {
      if (method.jwtName().equals(name)) {
        return Optional.of(method);
      }
    }
    return Optional.empty();
  }

  String jwtName() {
    return this == EDDSA ? "EdDSA" : name();
  }

  /// Whether one secret both signs and verifies.
  public boolean isSymmetric() {
    return keyAlgorithm.equals("HMAC");
  }

  /// The JDK's name of the kind of keys.
  public String keyAlgorithm() {
    return keyAlgorithm;
  }

  /// How many bits the field of the curve has that the method is for; 0 where it is for none.
  public int curveBits() {
    return switch (this) {
      case ES256 -> 256;
      case ES384 -> 384;
      case ES512 -> 521;
      case HS256, HS384, HS512, RS256, RS384, RS512, PS256, PS384, PS512, EDDSA -> 0;
    };
  }

  byte[] sign(Key key, byte[] content) throws GeneralSecurityException {
    if (isSymmetric()) {
      return mac(key, content);
    }
    Signature signature = signature();
    signature.initSign((PrivateKey) key);
    signature.update(content);
    return signature.sign();
  }

  boolean verifies(Key key, byte[] content, byte[] signed) throws GeneralSecurityException {
    if (isSymmetric()) {
      return MessageDigest.isEqual(mac(key, content), signed);
    }
    Signature signature = signature();
    signature.initVerify((PublicKey) key);
    signature.update(content);
    return signature.verify(signed);
  }

  private byte[] mac(Key key, byte[] content) throws GeneralSecurityException {
    Mac mac = Mac.getInstance(algorithm);
    mac.init(key);
    return mac.doFinal(content);
  }

  private Signature signature() throws GeneralSecurityException {
    Signature signature = Signature.getInstance(algorithm);
    AlgorithmParameterSpec parameters = parameters();
    if (parameters != null) {
      signature.setParameter(parameters);
    }
    return signature;
  }

  private @Nullable AlgorithmParameterSpec parameters() {
    if (pssBits == 0) {
      return null;
    }
    String digest = "SHA-" + pssBits;
    return new PSSParameterSpec(
        digest, "MGF1", new MGF1ParameterSpec(digest), pssBits / Byte.SIZE, 1);
  }
}
