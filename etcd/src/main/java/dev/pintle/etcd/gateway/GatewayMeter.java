package dev.pintle.etcd.gateway;

import dev.pintle.wire.CallMeter;
import dev.pintle.wire.GrpcStatus.Code;
import java.util.concurrent.atomic.AtomicBoolean;

/// The counting of one call that came as JSON, as if it had come over gRPC. It ends once, however many say so.
final class GatewayMeter {
  private final CallMeter counts;
  private final AtomicBoolean ended = new AtomicBoolean();

  GatewayMeter(CallMeter counts) {
    this.counts = counts;
    counts.began();
  }

  void received(int bytes) {
    counts.received(bytes);
  }

  void sent(int bytes) {
    counts.sent(bytes);
  }

  void ended(Code code) {
    if (ended.compareAndSet(false, true)) {
      counts.ended(code);
    }
  }
}
