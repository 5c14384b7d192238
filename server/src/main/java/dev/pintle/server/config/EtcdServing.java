package dev.pintle.server.config;

import dev.pintle.wire.PingLimits;
import java.time.Duration;
import java.util.List;

/// The manner in which the store is served when it is started with etcd's own flags.
///
/// @param clients `--listen-client-urls`
/// @param http `--listen-client-http-urls`: where there are some, those of clients serve gRPC alone
/// @param metrics `--listen-metrics-urls`
/// @param reusePort whether others may listen on the same ports
/// @param gateway whether the JSON gateway is served
/// @param pings how often either side of a connection may ask whether the other is there
/// @param watchProgress how often an idle watcher that wants to know is told the revision
public record EtcdServing(
    List<ListenUrl> clients,
    List<ListenUrl> http,
    List<ListenUrl> metrics,
    boolean reusePort,
    boolean gateway,
    PingLimits pings,
    Duration watchProgress) {
  private static final Duration WATCH_PROGRESS = Duration.ofMinutes(10);

  public static final EtcdServing DEFAULT =
      new EtcdServing(
          List.of(new ListenUrl("http", "127.0.0.1:2379", "")),
          List.of(),
          List.of(),
          false,
          true,
          PingLimits.DEFAULT,
          WATCH_PROGRESS);

  public EtcdServing {
    clients = List.copyOf(clients);
    http = List.copyOf(http);
    metrics = List.copyOf(metrics);
  }

  /// Whether any of the URLs of clients is spoken to with TLS.
  public boolean isSecure() {
    return clients.stream().anyMatch(ListenUrl::isSecure)
        || http.stream().anyMatch(ListenUrl::isSecure)
        || metrics.stream().anyMatch(ListenUrl::isSecure);
  }
}
