package dev.pintle.wire;

/// Every bound of a listener: what a peer may make us hold, and for how long.
public record WireLimits(
    Http1Limits http1, Http2Limits http2, PingLimits pings, GrpcLimits grpc, QueueLimits queues) {
  public static final WireLimits DEFAULT =
      new WireLimits(
          Http1Limits.DEFAULT,
          Http2Limits.DEFAULT,
          PingLimits.DEFAULT,
          GrpcLimits.DEFAULT,
          QueueLimits.DEFAULT);

  public WireLimits withHttp1(Http1Limits changed) {
    return new WireLimits(changed, http2, pings, grpc, queues);
  }

  public WireLimits withHttp2(Http2Limits changed) {
    return new WireLimits(http1, changed, pings, grpc, queues);
  }

  public WireLimits withPings(PingLimits changed) {
    return new WireLimits(http1, http2, changed, grpc, queues);
  }

  public WireLimits withGrpc(GrpcLimits changed) {
    return new WireLimits(http1, http2, pings, changed, queues);
  }

  public WireLimits withQueues(QueueLimits changed) {
    return new WireLimits(http1, http2, pings, grpc, changed);
  }
}
