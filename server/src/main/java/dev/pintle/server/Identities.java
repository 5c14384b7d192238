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
  /// @param pki the folder of all credentials
  /// @param advertised the address by which others find the Kubernetes port, empty where that is off
  static Identities open(ServerConfig config, Path pki, Optional<AdvertisedAddress> advertised)
      throws IOException, GeneralSecurityException, StartException {
    boolean ours =
        config.kube().isPresent()
            || (config.etcd().isPresent() && config.access() instanceof EtcdAccess.Certificates);
    if (!ours) {
      return new Identities(Optional.empty(), etcd(config, pki));
    }
    try (PkiLock _ = PkiLock.take(pki)) {
      return new Identities(kube(config, pki, advertised), etcd(config, pki));
    }
  }

  private static Optional<EtcdSecurity> etcd(ServerConfig config, Path pki)
      throws IOException, GeneralSecurityException, StartException {
    return config.etcd().isEmpty()
        ? Optional.empty()
        : Optional.of(EtcdSecurity.open(pki, config.etcd().get(), config.access()));
  }

  private static Optional<KubeSecurity> kube(
      ServerConfig config, Path pki, Optional<AdvertisedAddress> advertised)
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
    return Optional.of(KubeSecurity.open(pki, at, reachedAt, config.adminToken()));
  }
}
