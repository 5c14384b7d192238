package dev.pintle.server.cli;

import dev.pintle.etcd.auth.JwtSigning;
import dev.pintle.etcd.auth.PasswordHashing;
import dev.pintle.etcd.auth.SimpleTokens;
import dev.pintle.server.config.EtcdAuth;
import dev.pintle.server.failure.StartException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The flags of etcd by which it knows its users: `--auth-token`, `--auth-token-ttl` and `--bcrypt-cost`.
final class AuthFlags {
  static final String TOKEN = "auth-token";
  static final String TTL = "auth-token-ttl";
  static final String COST = "bcrypt-cost";

  private static final Set<String> OPTIONS = Set.of("pub-key", "priv-key", "sign-method", "ttl");
  private static final Duration JWT_TTL_DEFAULT = Duration.ofMinutes(5);

  private AuthFlags() {}

  /// @param clientCertificates the switch `--client-cert-auth`
  static EtcdAuth read(Flags flags, boolean clientCertificates) throws StartException {
    int cost = (int) number(flags, COST, PasswordHashing.COST_DEFAULT);
    if (cost < PasswordHashing.COST_MIN || cost > PasswordHashing.COST_MAX) {
      throw flags.refusal(
          "--%s: %d (expected: %d to %d)"
              .formatted(COST, cost, PasswordHashing.COST_MIN, PasswordHashing.COST_MAX));
    }
    return new EtcdAuth(tokens(flags), cost, clientCertificates);
  }

  private static long number(Flags flags, String name, long otherwise) throws StartException {
    String text = flags.value(name).orElse(Long.toString(otherwise));
    if (!text.matches("[0-9]{1,9}")) {
      throw flags.refusal("--%s: %s (expected: a number)".formatted(name, text));
    }
    return Long.parseLong(text);
  }

  private static EtcdAuth.Tokens tokens(Flags flags) throws StartException {
    String text = flags.value(TOKEN).orElse("simple");
    List<String> parts = Arrays.asList(text.split(",", -1));
    Map<String, String> options = options(flags, text, parts.subList(1, parts.size()));
    long ttlSeconds = number(flags, TTL, SimpleTokens.TTL_DEFAULT.toSeconds());
    return switch (parts.getFirst()) {
      case "simple" ->
          new EtcdAuth.Simple(
              ttlSeconds == 0 ? SimpleTokens.TTL_DEFAULT : Duration.ofSeconds(ttlSeconds));
      case "jwt" -> jwt(flags, text, options);
      case "" -> new EtcdAuth.None();
      default -> throw invalid(flags, text);
    };
  }

  private static Map<String, String> options(Flags flags, String text, List<String> pairs)
      throws StartException {
    Map<String, String> options = new HashMap<>();
    for (String pair : pairs) {
      String[] both = pair.split("=", -1);
      if (both.length != 2 || !OPTIONS.contains(both[0]) || options.put(both[0], both[1]) != null) {
        throw invalid(flags, text);
      }
    }
    return options;
  }

  private static EtcdAuth.Tokens jwt(Flags flags, String text, Map<String, String> options)
      throws StartException {
    Optional<JwtSigning> method = JwtSigning.named(options.getOrDefault("sign-method", ""));
    Duration ttl;
    try {
      String given = options.getOrDefault("ttl", "");
      ttl = given.isEmpty() ? JWT_TTL_DEFAULT : GoDuration.parse(given);
    } catch (IllegalArgumentException noTime) {
      throw invalid(flags, text);
    }
    Optional<Path> publicKey = file(options, "pub-key");
    Optional<Path> privateKey = file(options, "priv-key");
    boolean hasKey =
        method.map(JwtSigning::isSymmetric).orElse(false)
            ? privateKey.isPresent()
            : publicKey.isPresent() || privateKey.isPresent();
    if (method.isEmpty() || !hasKey || !ttl.isPositive()) {
      throw invalid(flags, text);
    }
    return new EtcdAuth.Jwt(method.get(), publicKey, privateKey, ttl);
  }

  private static Optional<Path> file(Map<String, String> options, String name) {
    return Optional.ofNullable(options.get(name)).filter(text -> !text.isEmpty()).map(Path::of);
  }

  private static StartException invalid(Flags flags, String text) {
    return flags.refusal(
        "--%s: %s (expected: simple, or jwt,pub-key=FILE,priv-key=FILE,sign-method=RS256[,ttl=5m]; methods are HS, RS, PS and ES with 256, 384 or 512, and EdDSA)"
            .formatted(TOKEN, text));
  }
}
