package dev.pintle.etcd.gateway;

import dev.pintle.wire.Exchange;
import dev.pintle.wire.GrpcStatus;
import dev.pintle.wire.GrpcStatus.Code;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// The time at which a call is over that says how long it may take. Its timer ends with the call.
final class GatewayDeadline {
  static final GrpcStatus EXCEEDED =
      new GrpcStatus(Code.DEADLINE_EXCEEDED, "context deadline exceeded");

  /// A shorter time is over before anything could be done.
  private static final long NANOS_MIN = TimeUnit.MICROSECONDS.toNanos(100);

  private GatewayDeadline() {}

  static boolean isOver(CallHeaders headers) {
    return headers.timeoutNanos() != CallHeaders.NO_TIMEOUT && headers.timeoutNanos() < NANOS_MIN;
  }

  /// Runs `expired`, on a timer's thread, unless the exchange ends before.
  static void watch(Exchange exchange, CallHeaders headers, Runnable expired) {
    if (headers.timeoutNanos() == CallHeaders.NO_TIMEOUT) {
      return;
    }
    CompletableFuture<Void> end = new CompletableFuture<>();
    exchange.onEnd((status, bytes) -> end.complete(null));
    var _ =
        end.orTimeout(headers.timeoutNanos(), TimeUnit.NANOSECONDS)
            .exceptionally(late -> {
              expired.run();
              return null;
            });
  }
}
