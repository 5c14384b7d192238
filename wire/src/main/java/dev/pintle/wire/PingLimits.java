package dev.pintle.wire;

import java.time.Duration;

/// The pace at which either side of an HTTP/2 connection may ask whether the other is alive; the defaults are etcd's.
///
/// @param clientPingMin least time between two pings of a client; after three that came earlier the connection is closed
///     with `too_many_pings`
/// @param withoutStreams whether a client may ping while it has no stream open
/// @param serverPingAfter silence after which we ping the client
/// @param serverPingTimeout how long the answer may take before the connection is cut
public record PingLimits(
    Duration clientPingMin,
    boolean withoutStreams,
    Duration serverPingAfter,
    Duration serverPingTimeout) {
  public static final PingLimits DEFAULT =
      new PingLimits(Duration.ofSeconds(5), false, Duration.ofHours(2), Duration.ofSeconds(20));

  public PingLimits {
    Limits.requirePositive(clientPingMin, "ping.client-ping-min");
    Limits.requirePositive(serverPingAfter, "ping.server-ping-after");
    Limits.requirePositive(serverPingTimeout, "ping.server-ping-timeout");
  }
}
