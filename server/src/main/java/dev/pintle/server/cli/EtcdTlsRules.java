package dev.pintle.server.cli;

import dev.pintle.server.failure.StartException;
import dev.pintle.wire.tls.TlsRules;
import dev.pintle.wire.tls.TlsRules.Version;
import dev.pintle.wire.tls.TlsTerms;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The flags of etcd that say which TLS is spoken, and with whom.
final class EtcdTlsRules {
  private static final String MIN = "tls-min-version";
  private static final String MAX = "tls-max-version";

  /// The names that Go has, in its own spelling or in that of the standards.
  private static final Set<String> CIPHERS =
      Set.of(
          "TLS_AES_128_GCM_SHA256",
          "TLS_AES_256_GCM_SHA384",
          "TLS_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA",
          "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA",
          "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA",
          "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA",
          "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
          "TLS_RSA_WITH_RC4_128_SHA",
          "TLS_RSA_WITH_3DES_EDE_CBC_SHA",
          "TLS_RSA_WITH_AES_128_CBC_SHA",
          "TLS_RSA_WITH_AES_256_CBC_SHA",
          "TLS_RSA_WITH_AES_128_CBC_SHA256",
          "TLS_RSA_WITH_AES_128_GCM_SHA256",
          "TLS_RSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_ECDSA_WITH_RC4_128_SHA",
          "TLS_ECDHE_RSA_WITH_RC4_128_SHA",
          "TLS_ECDHE_RSA_WITH_3DES_EDE_CBC_SHA",
          "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256",
          "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256");

  private EtcdTlsRules() {}

  static TlsRules read(Flags flags) throws StartException {
    Set<Version> versions = versions(flags);
    List<String> ciphers = ciphers(flags);
    if (!versions.contains(Version.TLS_1_2) && !ciphers.isEmpty()) {
      throw flags.invalid("cipher suites cannot be configured when only TLS1.3 is enabled");
    }
    List<String> names = list(flags, EtcdFlags.ALLOWED_NAMES);
    List<String> hosts = list(flags, "client-cert-allowed-hostname");
    if (!names.isEmpty() && !hosts.isEmpty()) {
      throw flags.invalid(
          "AllowedCNs and AllowedHostnames are mutually exclusive (cns=%s, hostnames=%s)"
              .formatted(quoted(names), quoted(hosts)));
    }
    return new TlsRules(versions, ciphers, Set.of(), names, hosts);
  }

  private static Set<Version> versions(Flags flags) throws StartException {
    String least = flags.value(MIN).orElse("TLS1.2");
    String most = flags.value(MAX).orElse("");
    Version min = version(flags, least).orElse(Version.TLS_1_2);
    Version max = version(flags, most).orElse(Version.TLS_1_3);
    if (min.compareTo(max) > 0) {
      throw flags.invalid(
          "min version (%s) is greater than max version (%s)".formatted(least, most));
    }
    return EnumSet.range(min, max);
  }

  private static Optional<Version> version(Flags flags, String text) throws StartException {
    return switch (text) {
      case "" -> Optional.empty();
      case "TLS1.2" -> Optional.of(Version.TLS_1_2);
      case "TLS1.3" -> Optional.of(Version.TLS_1_3);
      default ->
          throw flags.invalid(
              "unexpected TLS version %s (must be one of: TLS1.2, TLS1.3)"
                  .formatted(GoDuration.quoted(text)));
    };
  }

  private static List<String> ciphers(Flags flags) throws StartException {
    List<String> ciphers =
        list(flags, "cipher-suites").stream().map(EtcdTlsRules::standard).toList();
    for (String cipher : ciphers) {
      if (!CIPHERS.contains(cipher)) {
        throw flags.invalid("unexpected TLS cipher suite " + GoDuration.quoted(cipher));
      }
    }
    try {
      List<String> unserved = ciphers.isEmpty() ? List.of() : TlsTerms.unserved(ciphers);
      if (!unserved.isEmpty()) {
        throw flags.refusal(
            "--cipher-suites: %s (expected: others; these are not served)"
                .formatted(String.join(",", unserved)));
      }
    } catch (GeneralSecurityException none) {
      throw flags.refusal("--cipher-suites: " + none.getMessage());
    }
    return ciphers;
  }

  /// Go has two of them without their end, too.
  private static String standard(String cipher) {
    return cipher.endsWith("_CHACHA20_POLY1305") ? cipher + "_SHA256" : cipher;
  }

  private static List<String> list(Flags flags, String name) {
    String text = flags.value(name).orElse("");
    return text.isEmpty() ? List.of() : Arrays.asList(text.split(",", -1));
  }

  private static String quoted(List<String> words) {
    return "[" + String.join(" ", words.stream().map(GoDuration::quoted).toList()) + "]";
  }
}
