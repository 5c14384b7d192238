package dev.pintle.kube.token;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;

/// The key that signs tokens: RSA with SHA-256, `RS256`, which every reader of tokens knows, unless its owner brings one on a curve.
public final class SigningKey {
  private static final int BITS = 2_048;

  private final KeyPair pair;
  private final VerifyingKey verifying;

  /// @throws IllegalArgumentException for a key of another kind
  public SigningKey(KeyPair pair) {
    this.pair = pair;
    this.verifying = new VerifyingKey(pair.getPublic());
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
    return verifying.id();
  }

  /// As the header of a token names it.
  String algorithm() {
    return verifying.algorithm();
  }

  /// The public half.
  VerifyingKey verifying() {
    return verifying;
  }

  byte[] sign(byte[] content) {
    try {
      Signature signature = Signature.getInstance(verifying.signature());
      signature.initSign(pair.getPrivate());
      signature.update(content);
      return signature.sign();
    } catch (GeneralSecurityException broken) {
      throw new IllegalStateException("key of tokens: cannot sign", broken);
    }
  }
}
