package dev.pintle.server;

import dev.pintle.etcd.EtcdConfig;
import dev.pintle.etcd.EtcdSurface;
import dev.pintle.member.Member;
import dev.pintle.server.config.Endpoint;
import dev.pintle.server.config.ServerConfig;
import dev.pintle.server.failure.StartException;
import dev.pintle.wire.GrpcLimits;
import dev.pintle.wire.Http2Limits;
import dev.pintle.wire.WireLimits;
import dev.pintle.wire.listen.ListenerConfig;
import java.util.List;
import java.util.concurrent.Executor;

/// The etcd surface and the address it is served on, in plain text.
final class EtcdPort {
  private final Endpoint at;
  private final EtcdSurface surface;
  private final WireLimits limits;

  /// What clients are told to use: what was configured, else where the listener turned out to be.
  private volatile List<String> advertisedUrls;

  EtcdPort(Endpoint at, ServerConfig config, Member member, Executor background) {
    this.at = at;
    this.advertisedUrls = config.advertisedUrls();
    this.limits =
        WireLimits.DEFAULT
            .withGrpc(new GrpcLimits(config.limits().messageBytesMax(), Integer.MAX_VALUE))
            .withHttp2(
                Http2Limits.DEFAULT.withConcurrentStreams(config.limits().concurrentStreamsMax()));
    EtcdConfig settings = new EtcdConfig(config.name(), () -> advertisedUrls, config.limits());
    this.surface = new EtcdSurface(member, settings, background);
  }

  /// Answers the URL.
  String open(Listeners listeners) throws StartException {
    ListenerConfig plain =
        ListenerConfig.of(at.address(), surface.http()).withGrpc(surface.grpc()).withLimits(limits);
    String url = listeners.open("--etcd", at, plain).url("http");
    if (advertisedUrls.isEmpty()) {
      advertisedUrls = List.of(url);
    }
    return url;
  }
}
