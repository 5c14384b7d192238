package dev.pintle.server.pki;

import java.net.InetAddress;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// The names a server certificate carries.
final class HostNames {
  private static final List<String> LOOPBACK = List.of("localhost", "127.0.0.1", "::1");

  private static final List<String> KUBERNETES =
      List.of(
          "kubernetes",
          "kubernetes.default",
          "kubernetes.default.svc",
          "kubernetes.default.svc.cluster.local");

  private HostNames() {}

  /// The names that are always there, and those of `reachedAt` that do not stand for every address.
  static List<String> ofKubernetes(List<String> reachedAt) {
    Set<String> hosts = new LinkedHashSet<>(LOOPBACK);
    hosts.addAll(KUBERNETES);
    return with(reachedAt, hosts);
  }

  static List<String> ofEtcd(String listenHost) {
    return with(List.of(listenHost), new LinkedHashSet<>(LOOPBACK));
  }

  private static List<String> with(List<String> reachedAt, Set<String> hosts) {
    reachedAt.stream()
        .filter(host -> !host.equals("0.0.0.0") && !host.equals("::"))
        .forEach(hosts::add);
    return List.copyOf(hosts);
  }

  static boolean isAddress(String host) {
    return host.indexOf(':') >= 0 || host.matches("[0-9]+(\\.[0-9]+){3}");
  }

  /// Whether `certificate` is good for all of `hosts`.
  static boolean covers(X509Certificate certificate, List<String> hosts) {
    Set<String> named = new LinkedHashSet<>();
    of(certificate).forEach(name -> named.add(canonical(name)));
    return hosts.stream().map(HostNames::canonical).allMatch(named::contains);
  }

  /// Those that a certificate carries.
  static List<String> of(X509Certificate certificate) {
    try {
      Collection<List<?>> names = certificate.getSubjectAlternativeNames();
      return names == null
          ? List.of()
          : names.stream().map(name -> String.valueOf(name.get(1))).toList();
    } catch (CertificateParsingException unreadable) {
      return List.of();
    }
  }

  /// An address of version 6 has many spellings.
  private static String canonical(String name) {
    return name.indexOf(':') >= 0 ? InetAddress.ofLiteral(name).getHostAddress() : name;
  }
}
