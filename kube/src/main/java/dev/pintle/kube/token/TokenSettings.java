package dev.pintle.kube.token;

import java.security.PublicKey;
import java.util.List;

/// The choice of whose tokens of service accounts are taken, and what is written into those that are issued.
///
/// @param issuers who signs: the first is named in tokens that are issued, all are believed; at least one
/// @param audiences whom tokens must be for to be taken here, and are for that name nobody; at least one
/// @param others by which tokens are checked beside the key that signs; RSA, or on a curve
public record TokenSettings(List<String> issuers, List<String> audiences, List<PublicKey> others) {
  /// The API server's name in a cluster.
  public static final TokenSettings DEFAULT =
      new TokenSettings(
          List.of(ServiceAccountTokens.ISSUER), List.of(ServiceAccountTokens.ISSUER), List.of());

  public TokenSettings {
    issuers = List.copyOf(issuers);
    audiences = List.copyOf(audiences);
    others = List.copyOf(others);
    if (issuers.isEmpty() || audiences.isEmpty()) {
      throw new IllegalArgumentException(
          "tokens of service accounts without an issuer or an audience (expected: at least one)");
    }
    others.forEach(VerifyingKey::new);
  }

  /// Who signs.
  String issuer() {
    return issuers.getFirst();
  }
}
