package dev.pintle.server;

import dev.pintle.etcd.EtcdConfig;
import dev.pintle.etcd.EtcdSurface;
import dev.pintle.etcd.work.SlowWork;
import dev.pintle.member.Member;
import dev.pintle.server.config.EtcdAccess;
import dev.pintle.server.config.EtcdServing;
import dev.pintle.server.config.ListenUrl;
import dev.pintle.server.config.ServerConfig;
import dev.pintle.server.failure.StartException;
import dev.pintle.server.ready.EtcdEndpoint;
import dev.pintle.wire.GrpcLimits;
import dev.pintle.wire.Http2Limits;
import dev.pintle.wire.PingLimits;
import dev.pintle.wire.WireLimits;
import dev.pintle.wire.listen.ListenerConfig;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// The etcd surface and the addresses it is served on.
final class EtcdPort {
  private final EtcdSecurity security;
  private final EtcdSurface surface;
  private final WireLimits limits;
  private final Map<ListenUrl, String> bound = new LinkedHashMap<>();

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
                Http2Limits.DEFAULT.withConcurrentStreams(config.limits().concurrentStreamsMax()))
            .withPings(
                config.access() instanceof EtcdAccess.LikeEtcd etcd
                    ? etcd.serving().pings()
                    : PingLimits.DEFAULT);
    EtcdConfig settings =
        new EtcdConfig(
            config.name(),
            () -> advertisedUrls,
            config.store().peerUrls(),
            config.limits(),
            security.http(),
            EtcdTokens.open(config.auth()),
            moreMetrics,
            queuing);
    this.surface = new EtcdSurface(member, settings, slowWork);
  }

  EtcdEndpoint open(Listeners listeners) throws StartException {
    if (security.access() instanceof EtcdAccess.LikeEtcd etcd) {
      return openAll(listeners, etcd.serving());
    }
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

  /// Where a URL of etcd's flags is listened on: as it was given, but for a port that was chosen.
  String boundAt(ListenUrl url) {
    return bound.getOrDefault(url, url.text());
  }

  private EtcdEndpoint openAll(Listeners listeners, EtcdServing serving) throws StartException {
    for (EtcdListener listener : EtcdListener.of(serving)) {
      ListenerConfig config =
          ListenerConfig.of(
                  listener.address(),
                  listener.serves(surface, security.http(listener.isAlwaysSecure())))
              .withLimits(limits)
              .withSecurity(security.wire(listener.secure(), listener.clear()));
      if (listener.grpc()) {
        config = config.withGrpc(surface.grpc());
      }
      if (serving.reusePort()) {
        config = config.thatSharesPort();
      }
      bound.putAll(listener.open(listeners, config));
    }
    List<String> clients = serving.clients().stream().map(this::boundAt).toList();
    if (advertisedUrls.isEmpty()) {
      advertisedUrls = clients;
    }
    return new EtcdEndpoint(first(clients), Optional.empty());
  }

  /// One that a tool of this machine reaches without more: with a port, if there is any.
  private static String first(List<String> urls) {
    return urls.stream().filter(url -> !url.startsWith("unix")).findFirst().orElse(urls.getFirst());
  }
}
