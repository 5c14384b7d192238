package dev.pintle.server;

import dev.pintle.etcd.auth.AuthConfig;
import dev.pintle.etcd.auth.JwtSigning;
import dev.pintle.etcd.auth.JwtTokens;
import dev.pintle.etcd.auth.NoTokens;
import dev.pintle.etcd.auth.SimpleTokens;
import dev.pintle.etcd.auth.TokenProvider;
import dev.pintle.server.config.EtcdAuth;
import dev.pintle.server.failure.ExitCode;
import dev.pintle.server.failure.StartException;
import dev.pintle.server.pki.UserPem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.interfaces.ECKey;
import java.time.Instant;
import java.util.Optional;
import javax.crypto.spec.SecretKeySpec;

/// The making of what users of the etcd port prove themselves by; reads the files of keys.
final class EtcdTokens {
  private EtcdTokens() {}

  static AuthConfig open(EtcdAuth auth) throws StartException {
    return new AuthConfig(
        provider(auth.tokens()), auth.bcryptCost(), auth.clientCertificates(), new BcryptHashing());
  }

  private static TokenProvider provider(EtcdAuth.Tokens tokens) throws StartException {
    return switch (tokens) {
      case EtcdAuth.Simple simple -> new SimpleTokens(simple.ttl(), System::nanoTime);
      case EtcdAuth.Jwt jwt -> jwt(jwt);
      case EtcdAuth.None _ -> new NoTokens();
    };
  }

  private static TokenProvider jwt(EtcdAuth.Jwt jwt) throws StartException {
    JwtSigning method = jwt.method();
    if (method.isSymmetric()) {
      Key secret = secret(jwt.privateKey().orElseThrow());
      return new JwtTokens(method, secret, secret, jwt.ttl(), EtcdTokens::epochSeconds);
    }
    if (jwt.privateKey().isEmpty()) {
      PublicKey key = UserPem.publicKeys(jwt.publicKey().orElseThrow()).getFirst();
      require(method, key, jwt.publicKey().get());
      return new JwtTokens(method, null, key, jwt.ttl(), EtcdTokens::epochSeconds);
    }
    Path file = jwt.privateKey().get();
    KeyPair pair = UserPem.keyPair(file);
    require(method, pair.getPrivate(), file);
    Optional<Path> other = jwt.publicKey();
    if (other.isPresent() && !UserPem.publicKeys(other.get()).getFirst().equals(pair.getPublic())) {
      throw new StartException(
          ExitCode.USAGE, "--auth-token: %s: not the key of %s".formatted(other.get(), file));
    }
    return new JwtTokens(
        method, pair.getPrivate(), pair.getPublic(), jwt.ttl(), EtcdTokens::epochSeconds);
  }

  private static long epochSeconds() {
    return Instant.now().getEpochSecond();
  }

  private static Key secret(Path file) throws StartException {
    try {
      byte[] secret = Files.readAllBytes(file);
      if (secret.length == 0) {
        throw new StartException(
            ExitCode.USAGE, "--auth-token: %s: empty (expected: a secret)".formatted(file));
      }
      return new SecretKeySpec(secret, "HMAC");
    } catch (IOException unreadable) {
      throw new StartException(
          ExitCode.USAGE, "--auth-token: %s: cannot be read: %s".formatted(file, unreadable));
    }
  }

  private static void require(JwtSigning method, Key key, Path file) throws StartException {
    String kind = key.getAlgorithm();
    boolean fits =
        switch (method.keyAlgorithm()) {
          case "EC" ->
              key instanceof ECKey curve
                  && curve.getParams().getCurve().getField().getFieldSize() == method.curveBits();
          case "Ed25519" -> kind.equals("Ed25519") || kind.equals("EdDSA");
          default -> kind.equals(method.keyAlgorithm());
        };
    if (!fits) {
      throw new StartException(
          ExitCode.USAGE,
          "--auth-token: %s: a key of %s (expected: one of %s that is for the method)"
              .formatted(file, kind, method.keyAlgorithm()));
    }
  }
}
