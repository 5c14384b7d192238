package dev.pintle.server;

import static java.util.Objects.requireNonNull;

import dev.pintle.kube.KubeConfig;
import dev.pintle.kube.KubeSurface;
import dev.pintle.kube.certificate.CertificateIssuer;
import dev.pintle.kube.controller.ServingAddress;
import dev.pintle.kube.verb.PastObjects;
import dev.pintle.member.Member;
import dev.pintle.server.config.Endpoint;
import dev.pintle.server.failure.StartException;
import dev.pintle.server.folder.DataFolder;
import dev.pintle.server.pki.AuthorityIssuer;
import dev.pintle.server.pki.Pki;
import dev.pintle.server.pki.TrustedAuthority;
import dev.pintle.server.ready.Kubeconfig;
import dev.pintle.wire.listen.ListenerConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The Kubernetes surface and the address it is served on, with TLS by our own authority.
final class KubePort implements AutoCloseable {
  private final Optional<Path> kubeconfig;
  private final String advertised;
  private final KubeSurface surface;
  private volatile @Nullable KubeSecurity security;
  private CompletableFuture<Void> settled = CompletableFuture.completedFuture(null);

  /// @param folder where the kubeconfig and the key of tokens are kept; empty for nowhere
  /// @param config what belongs to the program that is started: its flags, and figures beside the surface's own
  /// @param advertised what the rest of a cluster is told
  /// @param tokenKey signs the tokens of service accounts
  KubePort(
      Optional<DataFolder> folder,
      Member member,
      KubeConfig config,
      Supplier<KeyPair> tokenKey,
      AdvertisedAddress advertised) {
    this.advertised = advertised.written() ? advertised.text() : "";
    this.kubeconfig = folder.map(home -> home.resolve("kubeconfig"));
    this.surface =
        new KubeSurface(
            member,
            config
                .withAdminToken(() -> pki().adminToken())
                .withRootCertificates(() -> pki().authority().pem())
                .withIssuer(() -> issuer(pki().authority())),
            tokenKey);
  }

  /// Who lets certificates be issued has them issued by the authority that the server believes.
  private static Optional<CertificateIssuer> issuer(TrustedAuthority authority) {
    return authority.key().map(key -> new AuthorityIssuer(authority.certificate(), key));
  }

  /// Answers the URL; the kubeconfig with it is written, where there is a folder.
  ///
  /// @param identity who it is from now on
  String open(Listeners listeners, KubeSecurity identity) throws StartException, IOException {
    security = identity;
    Endpoint at = identity.at();
    ListenerConfig secure =
        ListenerConfig.of(at.address(), surface)
            .withSecurity(identity.tls())
            .withLimits(KubeWireLimits.LIMITS)
            .thatJudgesBeyond();
    Endpoint open = listeners.open("--kube", at, secure);
    String url = open.url("https");
    writeKubeconfig(url);
    settled = surface.settleIn(new ServingAddress(open.reachable(), open.port(), advertised));
    return url;
  }

  /// As its owner is known now.
  void writeKubeconfig(String url) throws IOException {
    if (kubeconfig.isPresent()) {
      Kubeconfig.write(kubeconfig.get(), url, pki());
    }
  }

  /// Nobody asks for it before the port is open.
  private Pki pki() {
    return requireNonNull(security).pki();
  }

  PastObjects past() {
    return surface.past();
  }

  /// When what a cluster starts with is there.
  CompletableFuture<Void> begun() {
    return surface.begun();
  }

  /// When that is so, and what looks after it has begun.
  CompletableFuture<Void> settled() {
    return settled;
  }

  Optional<Path> kubeconfig() {
    return kubeconfig;
  }

  @Override
  public void close() {
    surface.close();
  }
}
