package dev.pintle.server.cli;

import dev.pintle.server.config.EtcdServing;
import dev.pintle.server.config.ListenUrl;
import dev.pintle.server.failure.StartException;
import dev.pintle.wire.PingLimits;
import java.time.Duration;
import java.util.List;

/// The flags of etcd that say where and how clients are served.
final class EtcdServingFlags {
  /// What gRPC's own servers demand where etcd says nothing.
  private static final Duration PING_MIN_OF_GRPC = Duration.ofMinutes(5);

  private static final Duration PROGRESS_MIN = Duration.ofMillis(100);

  private EtcdServingFlags() {}

  static EtcdServing read(Flags flags) throws StartException {
    EtcdServing defaults = EtcdServing.DEFAULT;
    List<ListenUrl> clients = EtcdChecks.urls(flags, "listen-client-urls");
    return new EtcdServing(
        clients.isEmpty() ? defaults.clients() : clients,
        EtcdChecks.urls(flags, "listen-client-http-urls"),
        EtcdChecks.urls(flags, "listen-metrics-urls"),
        flags.isOn("socket-reuse-port"),
        flags.isOn("enable-grpc-gateway", true),
        pings(flags),
        progress(flags));
  }

  /// What is not positive leaves it to gRPC.
  private static PingLimits pings(Flags flags) {
    PingLimits usual = PingLimits.DEFAULT;
    Duration min = duration(flags, "grpc-keepalive-min-time", usual.clientPingMin());
    Duration after = duration(flags, "grpc-keepalive-interval", usual.serverPingAfter());
    Duration timeout = duration(flags, "grpc-keepalive-timeout", usual.serverPingTimeout());
    boolean asked = after.isPositive() && timeout.isPositive();
    return new PingLimits(
        min.isPositive() ? min : PING_MIN_OF_GRPC,
        usual.withoutStreams(),
        asked ? after : usual.serverPingAfter(),
        asked ? timeout : usual.serverPingTimeout());
  }

  /// What is not positive means the usual; more often than upstream allows is as often as that.
  private static Duration progress(Flags flags) {
    Duration usual = EtcdServing.DEFAULT.watchProgress();
    Duration given = duration(flags, "watch-progress-notify-interval", usual);
    if (!given.isPositive()) {
      return usual;
    }
    return given.compareTo(PROGRESS_MIN) < 0 ? PROGRESS_MIN : given;
  }

  private static Duration duration(Flags flags, String name, Duration otherwise) {
    return flags.value(name).map(GoDuration::parse).orElse(otherwise);
  }
}
