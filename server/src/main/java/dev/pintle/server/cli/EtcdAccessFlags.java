package dev.pintle.server.cli;

import dev.pintle.server.config.EtcdAccess;
import dev.pintle.server.config.EtcdAccess.TlsFiles;
import dev.pintle.server.failure.StartException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/// The flags of etcd by which it knows its clients: `--host-whitelist`, `--cors`, and those of TLS.
final class EtcdAccessFlags {
  private static final String CERT = "cert-file";
  private static final String KEY = "key-file";
  private static final String TRUSTED = "trusted-ca-file";
  private static final String CLIENT_AUTH = "client-cert-auth";

  private EtcdAccessFlags() {}

  static EtcdAccess read(Flags flags) throws StartException {
    return new EtcdAccess.LikeEtcd(
        words(flags.value("host-whitelist").orElse("*")), origins(flags), tls(flags));
  }

  /// Certificates are for addresses with `https`, and those are not without.
  static void requireAgreement(Flags flags, String url, boolean secure) throws StartException {
    boolean certified = given(flags, CERT).isPresent();
    if (secure && !certified) {
      throw flags.refusal(
          "--listen-client-urls: %s (expected: with --cert-file and --key-file)".formatted(url));
    }
    if (!secure && certified) {
      throw flags.refusal(
          "--listen-client-urls: %s with --cert-file (expected: https://HOST:PORT)".formatted(url));
    }
  }

  private static Optional<TlsFiles> tls(Flags flags) throws StartException {
    Optional<Path> certificate = given(flags, CERT);
    Optional<Path> key = given(flags, KEY);
    Optional<Path> trusted = given(flags, TRUSTED);
    if (certificate.isPresent() != key.isPresent()) {
      throw flags.refusal("--cert-file and --key-file (expected: both or neither)");
    }
    if (flags.isOn(CLIENT_AUTH) && trusted.isEmpty()) {
      throw flags.refusal("--client-cert-auth (expected: with --trusted-ca-file)");
    }
    if (certificate.isEmpty()) {
      if (trusted.isPresent()) {
        throw flags.refusal("--trusted-ca-file (expected: with --cert-file and --key-file)");
      }
      return Optional.empty();
    }
    if (flags.value("listen-client-urls").isEmpty()) {
      throw flags.refusal("--cert-file (expected: with --listen-client-urls https://HOST:PORT)");
    }
    return Optional.of(new TlsFiles(certificate.get(), key.orElseThrow(), trusted));
  }

  private static Optional<Path> given(Flags flags, String name) {
    return flags.value(name).filter(value -> !value.isEmpty()).map(Path::of);
  }

  private static Set<String> origins(Flags flags) throws StartException {
    String text = flags.value("cors").orElse("*");
    if (text.isEmpty() || text.equals("*")) {
      return Set.of("*");
    }
    Set<String> origins = words(text);
    for (String origin : origins) {
      if (!isOrigin(origin)) {
        throw flags.refusal(
            "--cors: %s (expected: *, or http://HOST:PORT[,...])".formatted(origin));
      }
    }
    return origins;
  }

  /// As etcd has it: with a port, and nothing behind.
  private static boolean isOrigin(String text) {
    try {
      URI uri = URI.create(text);
      boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      return web && uri.getHost() != null && uri.getPort() >= 0 && uri.getPath().isEmpty();
    } catch (IllegalArgumentException noUri) {
      return false;
    }
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
