package dev.pintle.server.config;

import dev.pintle.etcd.auth.JwtSigning;
import dev.pintle.etcd.auth.PasswordHashing;
import dev.pintle.etcd.auth.SimpleTokens;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// The choice of how users of the etcd port prove who they are, once somebody has enabled authentication there.
///
/// @param bcryptCost of new passwords
/// @param clientCertificates whether a client without a token is the user that its certificate's common name names
public record EtcdAuth(Tokens tokens, int bcryptCost, boolean clientCertificates) {
  public static final EtcdAuth DEFAULT =
      new EtcdAuth(new Simple(SimpleTokens.TTL_DEFAULT), PasswordHashing.COST_DEFAULT, true);

  /// The kind of tokens.
  public sealed interface Tokens {}

  /// Tokens that mean something to this process only.
  ///
  /// @param ttl how long one lives after it was used last
  public record Simple(Duration ttl) implements Tokens {}

  /// JSON web tokens.
  ///
  /// @param publicKey a file in PEM, to check them by; absent where the private one is there
  /// @param privateKey a file in PEM, to sign them by, or the secret itself; absent where they are made elsewhere
  /// @param ttl how long one lives
  public record Jwt(
      JwtSigning method, Optional<Path> publicKey, Optional<Path> privateKey, Duration ttl)
      implements Tokens {}

  /// No tokens: a certificate is all that names a user.
  public record None() implements Tokens {}
}
