package dev.pintle.server.pki;

import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;

/// The algorithm by which an authority signs, as strong as its key: one that somebody put into the folder may have any.
final class AuthoritySignature {
  private static final int P256_BITS = 256;
  private static final int P384_BITS = 384;

  private AuthoritySignature() {}

  /// The JDK's name for it.
  ///
  /// @param key the authority's
  static String of(PublicKey key) {
    if (key instanceof ECPublicKey curve) {
      int bits = curve.getParams().getOrder().bitLength();
      if (bits <= P256_BITS) {
        return "SHA256withECDSA";
      }
      return bits <= P384_BITS ? "SHA384withECDSA" : "SHA512withECDSA";
    }
    return key.getAlgorithm().equals("RSA") ? "SHA256withRSA" : "Ed25519";
  }
}
