package dev.pintle.server.pki;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// The names a server certificate carries.
final class HostNames {
  private static final List<String> ALWAYS =
      List.of(
          "localhost",
          "127.0.0.1",
          "::1",
          "kubernetes",
          "kubernetes.default",
          "kubernetes.default.svc",
          "kubernetes.default.svc.cluster.local");

  private HostNames() {}

  /// The names that are always there, and `listenHost` unless it stands for every address.
  static List<String> of(String listenHost) {
    Set<String> hosts = new LinkedHashSet<>(ALWAYS);
    if (!listenHost.equals("0.0.0.0") && !listenHost.equals("::")) {
      hosts.add(listenHost);
    }
    return List.copyOf(hosts);
  }

  static boolean isAddress(String host) {
    return host.indexOf(':') >= 0 || host.matches("[0-9]+(\\.[0-9]+){3}");
  }
}
