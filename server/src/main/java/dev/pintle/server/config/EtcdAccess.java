package dev.pintle.server.config;

import dev.pintle.wire.tls.TlsRules;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The choice of who may speak to the etcd port.
public sealed interface EtcdAccess {
  /// Access for those who show a certificate that the data folder's own authority issued for it.
  record Certificates() implements EtcdAccess {}

  /// Access for whoever reaches it, in clear text, but for no web page.
  record ClearText() implements EtcdAccess {}

  /// Access as etcd's own flags say.
  ///
  /// @param hosts of `--host-whitelist`
  /// @param origins of `--cors`
  /// @param tls absent for clear text
  record LikeEtcd(
      Set<String> hosts, Set<String> origins, Optional<TlsFiles> tls, EtcdServing serving)
      implements EtcdAccess {
    public LikeEtcd {
      hosts = Set.copyOf(hosts);
      origins = Set.copyOf(origins);
    }
  }

  /// The user's own certificates, in PEM.
  ///
  /// @param trusted the authorities of clients, who must show a certificate then; absent for any client
  /// @param revoked a list of certificates that are not believed any more, in DER or PEM
  /// @param made of what a certificate is made where its files are not there; absent where it is the user's to make
  record TlsFiles(
      Path certificate,
      Path key,
      Optional<Path> trusted,
      Optional<Path> revoked,
      TlsRules rules,
      Optional<SelfSigned> made) {
    public TlsFiles(Path certificate, Path key, Optional<Path> trusted) {
      this(certificate, key, trusted, Optional.empty(), TlsRules.DEFAULT, Optional.empty());
    }
  }

  /// A certificate that vouches for itself.
  ///
  /// @param hosts names and addresses that it is for
  /// @param years for which it holds
  record SelfSigned(List<String> hosts, int years) {
    public SelfSigned {
      hosts = List.copyOf(hosts);
    }
  }
}
