package dev.pintle.server.config;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/// Who may speak to the etcd port.
public sealed interface EtcdAccess {
  /// Who shows a certificate that the data folder's own authority issued for it.
  record Certificates() implements EtcdAccess {}

  /// Whoever reaches it, in clear text, but no web page.
  record ClearText() implements EtcdAccess {}

  /// As etcd's own flags say.
  ///
  /// @param hosts of `--host-whitelist`
  /// @param origins of `--cors`
  /// @param tls absent for clear text
  record LikeEtcd(Set<String> hosts, Set<String> origins, Optional<TlsFiles> tls)
      implements EtcdAccess {
    public LikeEtcd {
      hosts = Set.copyOf(hosts);
      origins = Set.copyOf(origins);
    }
  }

  /// The user's own certificates, in PEM.
  ///
  /// @param trusted the authorities of clients, who must show a certificate then; absent for any client
  record TlsFiles(Path certificate, Path key, Optional<Path> trusted) {}
}
