package dev.pintle.server;

import dev.pintle.wire.Http1Limits;
import dev.pintle.wire.Http2Limits;
import dev.pintle.wire.PingLimits;
import dev.pintle.wire.WireLimits;
import java.time.Duration;

/// The bounds of the Kubernetes port, as kube-apiserver announces them: streams, windows, and how long a connection may be idle.
final class KubeWireLimits {
  private static final int STREAMS_MAX = 100;

  /// Nearly every object fits.
  private static final int STREAM_WINDOW_BYTES = 256 << 10;

  private static final Duration IDLE_MAX = Duration.ofSeconds(90);

  /// kube-apiserver does not judge the pings of its clients; a flood of them counts among the frames that ask for nothing.
  private static final PingLimits PINGS =
      new PingLimits(
          Duration.ofMillis(1),
          true,
          PingLimits.DEFAULT.serverPingAfter(),
          PingLimits.DEFAULT.serverPingTimeout());

  static final WireLimits LIMITS =
      WireLimits.DEFAULT
          .withHttp1(Http1Limits.DEFAULT.withIdleMax(IDLE_MAX))
          .withPings(PINGS)
          .withHttp2(
              Http2Limits.DEFAULT
                  .withConcurrentStreams(STREAMS_MAX)
                  .withWindows(STREAM_WINDOW_BYTES, STREAMS_MAX * STREAM_WINDOW_BYTES)
                  .withTimes(Http2Limits.DEFAULT.requestMax(), IDLE_MAX));

  private KubeWireLimits() {}
}
