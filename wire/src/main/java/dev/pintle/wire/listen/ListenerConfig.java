package dev.pintle.wire.listen;

import dev.pintle.wire.GrpcService;
import dev.pintle.wire.HttpHandler;
import dev.pintle.wire.SharedLimits;
import dev.pintle.wire.WireLimits;
import dev.pintle.wire.budget.ConnectionLimiter;
import dev.pintle.wire.tls.Security;
import java.net.SocketAddress;
import java.util.Map;

/// One port and what is served on it: gRPC calls by `grpc`, every other request by `http`.
///
/// @param address where to listen: port 0 takes a free one; a [java.net.UnixDomainSocketAddress] is a file
/// @param limiter bounds this listener and all others that have the same
/// @param judgesBeyond whether `http` looks at [dev.pintle.wire.Exchange#beyond], so that connections may be let in to say who they
///     are when there is no place for them any more
/// @param reusePort whether others may listen on the same port
public record ListenerConfig(
    SocketAddress address,
    Security security,
    HttpHandler http,
    GrpcService grpc,
    WireLimits limits,
    ConnectionLimiter limiter,
    boolean judgesBeyond,
    boolean reusePort) {
  private static final GrpcService NO_GRPC = new GrpcService(Map.of());

  /// A listener whose handler judges nobody.
  public ListenerConfig(
      SocketAddress address,
      Security security,
      HttpHandler http,
      GrpcService grpc,
      WireLimits limits,
      ConnectionLimiter limiter) {
    this(address, security, http, grpc, limits, limiter, false, false);
  }

  /// A plaintext listener with the default limits and no gRPC, bounded by itself.
  public static ListenerConfig of(SocketAddress address, HttpHandler http) {
    return new ListenerConfig(
        address,
        Security.PLAINTEXT,
        http,
        NO_GRPC,
        WireLimits.DEFAULT,
        new ConnectionLimiter(SharedLimits.ofHeap()));
  }

  public ListenerConfig withGrpc(GrpcService service) {
    return new ListenerConfig(
        address, security, http, service, limits, limiter, judgesBeyond, reusePort);
  }

  public ListenerConfig withSecurity(Security changed) {
    return new ListenerConfig(
        address, changed, http, grpc, limits, limiter, judgesBeyond, reusePort);
  }

  public ListenerConfig withLimits(WireLimits changed) {
    return new ListenerConfig(
        address, security, http, grpc, changed, limiter, judgesBeyond, reusePort);
  }

  public ListenerConfig withLimiter(ConnectionLimiter changed) {
    return new ListenerConfig(
        address, security, http, grpc, limits, changed, judgesBeyond, reusePort);
  }

  /// With an `http` that judges who is let in beyond a limit.
  public ListenerConfig thatJudgesBeyond() {
    return new ListenerConfig(address, security, http, grpc, limits, limiter, true, reusePort);
  }

  /// On a port on which others may listen as well.
  public ListenerConfig thatSharesPort() {
    return new ListenerConfig(address, security, http, grpc, limits, limiter, judgesBeyond, true);
  }

  /// The same at another place.
  public ListenerConfig withAddress(SocketAddress changed) {
    return new ListenerConfig(
        changed, security, http, grpc, limits, limiter, judgesBeyond, reusePort);
  }
}
