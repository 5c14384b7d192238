package dev.pintle.server.cli;

import dev.pintle.server.config.EtcdAccess;
import dev.pintle.server.config.EtcdAccess.SelfSigned;
import dev.pintle.server.config.EtcdAccess.TlsFiles;
import dev.pintle.server.config.EtcdServing;
import dev.pintle.server.config.ListenUrl;
import dev.pintle.server.failure.StartException;
import dev.pintle.wire.tls.TlsRules;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// The flags of etcd by which it knows its clients: `--host-whitelist`, `--cors`, and those of TLS.
final class EtcdAccessFlags {
  private static final String CERT = "cert-file";
  private static final String KEY = "key-file";
  private static final String TRUSTED = "trusted-ca-file";
  private static final String CLIENT_AUTH = "client-cert-auth";

  private static final String REVOKED = "client-crl-file";
  private static final String AUTO = "auto-tls";
  private static final int YEARS_MAX = 1000;
  private static final int YEARS_DIGITS_MAX = 4;

  private EtcdAccessFlags() {}

  /// @param folder that of the data
  static EtcdAccess.LikeEtcd read(Flags flags, Path folder) throws StartException {
    EtcdServing serving = EtcdServingFlags.read(flags);
    return new EtcdAccess.LikeEtcd(
        words(flags.value("host-whitelist").orElse("*")),
        origins(flags),
        tls(flags, serving, folder),
        serving);
  }

  /// Certificates are passed over where nothing is spoken to with TLS.
  static List<String> warnings(Flags flags) throws StartException {
    List<String> warnings = new ArrayList<>();
    if (flags.isOn(AUTO) && given(flags, CERT).isPresent()) {
      warnings.add("ignoring client auto TLS since certs given");
    }
    EtcdServing serving = EtcdServingFlags.read(flags);
    Stream.concat(serving.clients().stream(), serving.http().stream())
        .filter(url -> !url.isSecure())
        .forEach(url -> {
          if (given(flags, CERT).isPresent()) {
            warnings.add(
                "scheme is http or unix while key and cert files are present; ignoring key and cert files: "
                    + url);
          }
          if (flags.value(CLIENT_AUTH).orElse("").equals("true")) {
            warnings.add(
                "scheme is http or unix while --client-cert-auth is enabled; ignoring client cert auth for this URL: "
                    + url);
          }
        });
    return warnings;
  }

  /// Empty where nothing is spoken to with TLS.
  private static Optional<TlsFiles> tls(Flags flags, EtcdServing serving, Path folder)
      throws StartException {
    Optional<Path> certificate = given(flags, CERT);
    Optional<Path> key = given(flags, KEY);
    Optional<Path> trusted = given(flags, TRUSTED);
    TlsRules rules = EtcdTlsRules.read(flags);
    if (!serving.isSecure()) {
      return Optional.empty();
    }
    Optional<SelfSigned> made = Optional.empty();
    if (certificate.isEmpty() && key.isEmpty()) {
      if (!flags.isOn(AUTO)) {
        throw flags.invalid(unserved(serving));
      }
      made = Optional.of(new SelfSigned(hosts(serving), years(flags)));
      certificate = Optional.of(folder.resolve("fixtures/client/cert.pem"));
      key = Optional.of(folder.resolve("fixtures/client/key.pem"));
    }
    if (certificate.isEmpty() || key.isEmpty()) {
      throw flags.invalid(
          "KeyFile and CertFile must both be present[key: %s, cert: %s]"
              .formatted(
                  key.map(Path::toString).orElse(""), certificate.map(Path::toString).orElse("")));
    }
    requireAuthorities(flags, trusted, rules);
    return Optional.of(
        new TlsFiles(certificate.get(), key.get(), trusted, given(flags, REVOKED), rules, made));
  }

  /// Of a client that shows no certificate nothing can be demanded.
  private static void requireAuthorities(Flags flags, Optional<Path> trusted, TlsRules rules)
      throws StartException {
    if (trusted.isPresent()) {
      return;
    }
    if (flags.isOn(CLIENT_AUTH)) {
      throw flags.refusal(
          "--client-cert-auth (expected: with --trusted-ca-file; the authorities of the system are not asked)");
    }
    if (given(flags, REVOKED).isPresent()
        || !rules.clientHosts().isEmpty()
        || !rules.clientNames().isEmpty()) {
      throw flags.refusal(
          "--client-crl-file, --client-cert-allowed-hostname or allowed-cn (expected: with --trusted-ca-file: clients show no certificate else)");
    }
  }

  private static int years(Flags flags) throws StartException {
    String text = flags.value("self-signed-cert-validity").orElse("1");
    if (text.equals("0")) {
      throw flags.invalid("selfSignedCertValidity is invalid,it should be greater than 0");
    }
    return text.length() > YEARS_DIGITS_MAX
        ? YEARS_MAX
        : Math.min(YEARS_MAX, Integer.parseInt(text));
  }

  /// Names and addresses of all places; a socket that is a file is nowhere.
  private static List<String> hosts(EtcdServing serving) {
    return Stream.concat(serving.clients().stream(), serving.http().stream())
        .filter(url -> !url.isSocketFile())
        .map(ListenUrl::host)
        .distinct()
        .toList();
  }

  private static String unserved(EtcdServing serving) {
    return Stream.concat(serving.clients().stream(), serving.http().stream())
        .filter(ListenUrl::isSecure)
        .findFirst()
        .map(url ->
            "TLS key/cert (--cert-file, --key-file) must be provided for client url %s with HTTPS scheme"
                .formatted(url))
        .orElse(
            "client TLS key/cert (--cert-file, --key-file) must be provided for metrics secure url");
  }

  private static Optional<Path> given(Flags flags, String name) {
    return flags.value(name).filter(value -> !value.isEmpty()).map(Path::of);
  }

  private static Set<String> origins(Flags flags) {
    String text = flags.value("cors").orElse("*");
    return text.isEmpty() || text.equals("*") ? Set.of("*") : words(text);
  }

  private static Set<String> words(String text) {
    if (text.isEmpty()) {
      return Set.of();
    }
    Set<String> words = new LinkedHashSet<>();
    Arrays.stream(text.split(",")).map(String::strip).forEach(words::add);
    return words;
  }
}
