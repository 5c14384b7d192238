package dev.pintle.etcd.gateway;

import dev.pintle.wire.Exchange;
import dev.pintle.wire.GrpcStatus;
import dev.pintle.wire.GrpcStatus.Code;
import dev.pintle.wire.ResponseHeaders;
import java.util.concurrent.TimeUnit;

/// The heads of the gateway's answers, and its failures.
final class Answers {
  /// Says that the answer was made by gRPC, as etcd's gateway does.
  private static final String FROM_GRPC = "grpc-metadata-content-type";

  private static final String GRPC = "application/grpc";

  private Answers() {}

  static ResponseHeaders headers() {
    return ResponseHeaders.of("application/json");
  }

  static ResponseHeaders fromGrpc() {
    return headers().add(FROM_GRPC, GRPC);
  }

  static void fail(Exchange exchange, GrpcStatus status) {
    fail(exchange, HttpStatus.of(status.code()), status);
  }

  static void fail(Exchange exchange, int httpStatus, GrpcStatus status) {
    ResponseHeaders headers = headers();
    if (status.retryAfterMillis() >= 0) {
      long seconds = TimeUnit.MILLISECONDS.toSeconds(status.retryAfterMillis());
      headers.add("retry-after", Long.toString(Math.max(1, seconds)));
    }
    if (status.code() == Code.UNAUTHENTICATED) {
      headers.add("www-authenticate", status.message());
    }
    exchange.respond(httpStatus, headers, GatewayJson.print(status));
  }
}
