package dev.pintle.server;

import dev.pintle.server.config.Endpoint;
import dev.pintle.server.config.EtcdAccess;
import dev.pintle.server.config.ServerConfig;
import dev.pintle.server.failure.StartException;
import dev.pintle.server.pki.PkiLock;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The identities of the ports that are served.
///
/// @param kube empty where the Kubernetes port is off
/// @param etcd empty where the etcd port is off
record Identities(Optional<KubeSecurity> kube, Optional<EtcdSecurity> etcd) {
  /// Reads them, and makes what is absent, which takes a new server longer than anything else of its start. One after the other: two
  /// threads that look for primes leave no processor to the compiler that makes them quick.
  ///
  /// @param pki the folder of all credentials; empty for some that nobody keeps
  /// @param advertised the address by which others find the Kubernetes port, empty where that is off
  static Identities open(
      ServerConfig config, Optional<Path> pki, Optional<AdvertisedAddress> advertised)
      throws IOException, GeneralSecurityException, StartException {
    boolean ours =
        config.kube().isPresent()
            || (config.etcd().isPresent() && config.access() instanceof EtcdAccess.Certificates);
    if (!ours || pki.isEmpty()) {
      return new Identities(kube(config, pki, advertised), etcd(config, pki));
    }
    try (PkiLock _ = PkiLock.take(pki.get())) {
      return new Identities(kube(config, pki, advertised), etcd(config, pki));
    }
  }

  private static Optional<EtcdSecurity> etcd(ServerConfig config, Optional<Path> pki)
      throws IOException, GeneralSecurityException, StartException {
    if (config.etcd().isEmpty()) {
      return Optional.empty();
    }
    Endpoint at = config.etcd().get();
    return Optional.of(
        pki.isEmpty()
            ? EtcdSecurity.passing(at, config.access())
            : EtcdSecurity.open(pki.get(), at, config.access()));
  }

  private static Optional<KubeSecurity> kube(
      ServerConfig config, Optional<Path> pki, Optional<AdvertisedAddress> advertised)
      throws IOException, GeneralSecurityException, StartException {
    if (config.kube().isEmpty()) {
      return Optional.empty();
    }
    Endpoint at = config.kube().get();
    List<String> reachedAt =
        Stream.of(
                config.serviceRanges().firstAddress(),
                advertised.map(AdvertisedAddress::text).orElse(""))
            .filter(address -> !address.isEmpty())
            .toList();
    return Optional.of(
        pki.isEmpty()
            ? KubeSecurity.passing(at, reachedAt, config.adminToken())
            : KubeSecurity.open(pki.get(), at, reachedAt, config.adminToken()));
  }
}
