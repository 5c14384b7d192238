package dev.pintle.server;

import dev.pintle.etcd.EtcdConfig;
import dev.pintle.etcd.EtcdSurface;
import dev.pintle.etcd.work.SlowWork;
import dev.pintle.member.Member;
import dev.pintle.server.config.ServerConfig;
import dev.pintle.server.failure.StartException;
import dev.pintle.server.ready.EtcdEndpoint;
import dev.pintle.wire.GrpcLimits;
import dev.pintle.wire.Http2Limits;
import dev.pintle.wire.WireLimits;
import dev.pintle.wire.listen.ListenerConfig;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// The etcd surface and the address it is served on.
final class EtcdPort {
  private final EtcdSecurity security;
  private final EtcdSurface surface;
  private final WireLimits limits;

  /// What clients are told to use: what was configured, else where the listener turned out to be.
  private volatile List<String> advertisedUrls;

  /// @param moreMetrics figures that the program has beside the surface's own
  /// @param queuing how requests wait for their turn
  EtcdPort(
      EtcdSecurity security,
      ServerConfig config,
      Member member,
      SlowWork slowWork,
      Supplier<String> moreMetrics,
      Optional<EtcdConfig.Queuing> queuing)
      throws StartException {
    this.security = security;
    this.advertisedUrls = config.advertisedUrls();
    this.limits =
        WireLimits.DEFAULT
            .withGrpc(new GrpcLimits(config.limits().messageBytesMax(), Integer.MAX_VALUE))
            .withHttp2(
                Http2Limits.DEFAULT.withConcurrentStreams(config.limits().concurrentStreamsMax()));
    EtcdConfig settings =
        new EtcdConfig(
            config.name(),
            () -> advertisedUrls,
            config.limits(),
            security.http(),
            EtcdTokens.open(config.auth()),
            moreMetrics,
            queuing);
    this.surface = new EtcdSurface(member, settings, slowWork);
  }

  EtcdEndpoint open(Listeners listeners) throws StartException {
    ListenerConfig listener =
        ListenerConfig.of(security.at().address(), surface.http())
            .withGrpc(surface.grpc())
            .withLimits(limits)
            .withSecurity(security.wire());
    String url = listeners.open("--etcd", security.at(), listener).url(security.scheme());
    if (advertisedUrls.isEmpty()) {
      advertisedUrls = List.of(url);
    }
    return new EtcdEndpoint(url, security.clientFiles());
  }
}
