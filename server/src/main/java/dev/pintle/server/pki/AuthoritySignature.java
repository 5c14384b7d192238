package dev.pintle.server.pki;

import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;

/// The algorithm by which an authority signs, as strong as its key: one that somebody put into the folder may have any.
enum AuthoritySignature {
  ECDSA_256("SHA256withECDSA", "1.2.840.10045.4.3.2"),
  ECDSA_384("SHA384withECDSA", "1.2.840.10045.4.3.3"),
  ECDSA_512("SHA512withECDSA", "1.2.840.10045.4.3.4"),
  RSA("SHA256withRSA", "1.2.840.113549.1.1.11"),
  ED25519("Ed25519", "1.3.101.112");

  private static final int P256_BITS = 256;
  private static final int P384_BITS = 384;

  private final String java;
  private final String object;

  AuthoritySignature(String java, String object) {
    this.java = java;
    this.object = object;
  }

  /// @param key the authority's
  static AuthoritySignature of(PublicKey key) {
    if (key instanceof ECPublicKey curve) {
      int bits = curve.getParams().getOrder().bitLength();
      if (bits <= P256_BITS) {
        return ECDSA_256;
      }
      return bits <= P384_BITS ? ECDSA_384 : ECDSA_512;
    }
    return key.getAlgorithm().equals("RSA") ? RSA : ED25519;
  }

  /// The JDK's name for it.
  String java() {
    return java;
  }

  /// How certificates name it, in DER; RSA's has parameters, which are nothing.
  byte[] identifier() {
    byte[] name = Der.identifier(object);
    return this == RSA ? Der.sequence(name, Der.NULL) : Der.sequence(name);
  }
}
