package dev.pintle.server;

import dev.pintle.kube.KubeConfig;
import dev.pintle.kube.KubeSurface;
import dev.pintle.kube.audit.Audit;
import dev.pintle.kube.controller.ServingAddress;
import dev.pintle.kube.token.TokenSettings;
import dev.pintle.member.Member;
import dev.pintle.server.attach.AttachPoint;
import dev.pintle.server.cli.ApiServerCommand;
import dev.pintle.server.config.ApiServerIdentity;
import dev.pintle.server.config.Endpoint;
import dev.pintle.server.config.ServerConfig;
import dev.pintle.server.failure.StartException;
import dev.pintle.server.pki.ApiServerPki;
import dev.pintle.wire.listen.ListenerConfig;
import dev.pintle.wire.listen.WireServer;
import dev.pintle.wire.tls.Security;
import dev.pintle.wire.tls.TlsConfig;
import dev.pintle.wire.tls.TlsIdentity;
import dev.pintle.wire.tls.TlsTerms;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// A Kubernetes port beside the store's own, which comes and goes while the store stays: with the credentials that its user brings, and
/// kube-apiserver's flags.
final class ApiServerPort implements AttachPoint.Served {
  private final Closers closers = new Closers();
  private String url = "";
  private CompletableFuture<Void> settled = CompletableFuture.completedFuture(null);

  private ApiServerPort() {}

  /// Serves; when this returns, clients are let in.
  ///
  /// @param usual what the surface shares with the program, such as who is counted
  static ApiServerPort open(
      ApiServerCommand command, Member member, Listeners listeners, KubeConfig usual)
      throws StartException, IOException, GeneralSecurityException {
    ApiServerPort port = new ApiServerPort();
    try {
      port.start(command, member, listeners, usual);
      return port;
    } catch (StartException
        | IOException
        | GeneralSecurityException
        | RuntimeException
        | Error failed) {
      port.close();
      throw failed;
    }
  }

  private void start(ApiServerCommand command, Member member, Listeners listeners, KubeConfig usual)
      throws StartException, IOException, GeneralSecurityException {
    ServerConfig config = command.config();
    Endpoint at = config.kube().orElseThrow();
    AdvertisedAddress advertised = AdvertisedAddress.of(config, at);
    ApiServerPki pki = pki(command, at, advertised);
    closers.add(Compactors.start(config, member));
    KubeConfig settings = settings(command, usual, pki);
    Optional<Audit> audit = AuditOpening.open(config.audit());
    if (audit.isPresent()) {
      settings = settings.withAudit(closers.add(audit.get()));
    }
    KubeSurface surface = closers.add(new KubeSurface(member, settings, pki::signing));
    ListenerConfig secure =
        ListenerConfig.of(at.address(), surface)
            .withSecurity(tls(pki))
            .withLimits(KubeWireLimits.LIMITS)
            .thatJudgesBeyond();
    WireServer server = listeners.openAlone("--secure-port", at, secure);
    closers.add(() -> server.close(Listeners.DRAIN_MAX));
    url = at.url("https");
    String told = advertised.written() ? advertised.text() : "";
    settled = surface.settleIn(new ServingAddress(at.reachable(), at.port(), told));
  }

  private static ApiServerPki pki(
      ApiServerCommand command, Endpoint at, AdvertisedAddress advertised)
      throws StartException, IOException, GeneralSecurityException {
    List<String> reachedAt =
        List.of(at.host(), command.ranges().firstAddress(), advertised.text()).stream()
            .filter(host -> !host.isEmpty())
            .toList();
    return ApiServerPki.open(command.identity(), reachedAt, Instant.now());
  }

  private static KubeConfig settings(ApiServerCommand command, KubeConfig usual, ApiServerPki pki) {
    ApiServerIdentity identity = command.identity();
    return usual
        .withRanges(command.ranges())
        .withFlags(command::flags)
        .withRootCertificates(pki::rootPem)
        .withTokens(new TokenSettings(identity.issuers(), identity.audiences(), pki.checking()))
        .withAnonymous(identity.anonymous());
  }

  /// Who brings no authority of clients knows none by a certificate.
  private static Security tls(ApiServerPki pki) throws GeneralSecurityException {
    TlsConfig config =
        TlsConfig.of(new TlsIdentity(pki.server().key(), pki.server().chain()))
            .withEngine(TlsConfig.Engine.FASTEST);
    return new Security.Tls(
        new TlsTerms(
            pki.clients().isEmpty()
                ? config
                : config.withClients(TlsConfig.ClientAuth.REQUEST, pki.clients())));
  }

  @Override
  public String url() {
    return url;
  }

  @Override
  public CompletableFuture<Void> settled() {
    return settled;
  }

  /// Lets clients finish, then stops.
  @Override
  public void close() {
    closers.close();
  }
}
