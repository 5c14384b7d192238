package dev.pintle.wire.listen;

import dev.pintle.wire.GrpcService;
import dev.pintle.wire.HttpHandler;
import dev.pintle.wire.WireLimits;
import dev.pintle.wire.tls.Security;
import java.net.InetSocketAddress;
import java.util.Map;

/// One port and what is served on it: gRPC calls by `grpc`, every other request by `http`.
///
/// @param address where to listen; port 0 takes a free one
public record ListenerConfig(
    InetSocketAddress address,
    Security security,
    HttpHandler http,
    GrpcService grpc,
    WireLimits limits) {
  private static final GrpcService NO_GRPC = new GrpcService(Map.of());

  /// A plaintext listener with the default limits and no gRPC.
  public static ListenerConfig of(InetSocketAddress address, HttpHandler http) {
    return new ListenerConfig(address, Security.PLAINTEXT, http, NO_GRPC, WireLimits.DEFAULT);
  }

  public ListenerConfig withGrpc(GrpcService service) {
    return new ListenerConfig(address, security, http, service, limits);
  }

  public ListenerConfig withSecurity(Security changed) {
    return new ListenerConfig(address, changed, http, grpc, limits);
  }

  public ListenerConfig withLimits(WireLimits changed) {
    return new ListenerConfig(address, security, http, grpc, changed);
  }
}
