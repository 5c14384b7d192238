package dev.pintle.wire.listen;

import dev.pintle.wire.GrpcService;
import dev.pintle.wire.HttpHandler;
import dev.pintle.wire.SharedLimits;
import dev.pintle.wire.WireLimits;
import dev.pintle.wire.budget.ConnectionLimiter;
import dev.pintle.wire.tls.Security;
import java.net.InetSocketAddress;
import java.util.Map;

/// One port and what is served on it: gRPC calls by `grpc`, every other request by `http`.
///
/// @param address where to listen; port 0 takes a free one
/// @param limiter bounds this listener and all others that have the same
public record ListenerConfig(
    InetSocketAddress address,
    Security security,
    HttpHandler http,
    GrpcService grpc,
    WireLimits limits,
    ConnectionLimiter limiter) {
  private static final GrpcService NO_GRPC = new GrpcService(Map.of());

  /// A plaintext listener with the default limits and no gRPC, bounded by itself.
  public static ListenerConfig of(InetSocketAddress address, HttpHandler http) {
    return new ListenerConfig(
        address,
        Security.PLAINTEXT,
        http,
        NO_GRPC,
        WireLimits.DEFAULT,
        new ConnectionLimiter(SharedLimits.ofHeap()));
  }

  public ListenerConfig withGrpc(GrpcService service) {
    return new ListenerConfig(address, security, http, service, limits, limiter);
  }

  public ListenerConfig withSecurity(Security changed) {
    return new ListenerConfig(address, changed, http, grpc, limits, limiter);
  }

  public ListenerConfig withLimits(WireLimits changed) {
    return new ListenerConfig(address, security, http, grpc, changed, limiter);
  }

  public ListenerConfig withLimiter(ConnectionLimiter changed) {
    return new ListenerConfig(address, security, http, grpc, limits, changed);
  }
}
