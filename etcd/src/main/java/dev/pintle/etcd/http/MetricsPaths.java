package dev.pintle.etcd.http;

import dev.pintle.wire.Exchange;
import dev.pintle.wire.HttpHandler;

/// The paths of a listener for monitoring alone: figures and health, and nothing that could be read or changed.
public final class MetricsPaths implements HttpHandler {
  private final HttpHandler all;

  /// @param all those of the client port
  public MetricsPaths(HttpHandler all) {
    this.all = all;
  }

  @Override
  public void handle(Exchange exchange) {
    String path = exchange.head().path();
    boolean served =
        switch (path) {
          case "/metrics", "/health", "/livez", "/readyz" -> true;
          default -> path.startsWith("/livez/") || path.startsWith("/readyz/");
        };
    if (served) {
      all.handle(exchange);
    } else {
      EtcdHttp.notFound(exchange);
    }
  }
}
