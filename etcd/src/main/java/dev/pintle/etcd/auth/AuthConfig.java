package dev.pintle.etcd.auth;

/// The ways in which users prove who they are.
///
/// @param tokens what they show once they have given their password
/// @param bcryptCost of new passwords
/// @param clientCertificates whether a client without a token is the user whom its certificate names
/// @param hashing of passwords
public record AuthConfig(
    TokenProvider tokens, int bcryptCost, boolean clientCertificates, PasswordHashing hashing) {
  public AuthConfig {
    if (bcryptCost < PasswordHashing.COST_MIN || bcryptCost > PasswordHashing.COST_MAX) {
      throw new IllegalArgumentException(
          "bcrypt cost: %d (expected: %d to %d)"
              .formatted(bcryptCost, PasswordHashing.COST_MIN, PasswordHashing.COST_MAX));
    }
  }
}
