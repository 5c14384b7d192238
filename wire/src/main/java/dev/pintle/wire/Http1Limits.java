package dev.pintle.wire;

import java.time.Duration;

/// Bounds of HTTP/1.1 connections.
///
/// @param requestLineBytesMax longest request line; a longer one is answered 414
/// @param headerBytesMax all header fields together; more is answered 431
/// @param headMax time from the first byte of a request to the end of its head
/// @param idleMax time a connection may stay open between requests
/// @param bodyIdleMax time a request's body may go without a byte while it is wanted
/// @param bodyMax time a request's whole body may take while it is wanted; then the request is answered 408
public record Http1Limits(
    int requestLineBytesMax,
    int headerBytesMax,
    Duration headMax,
    Duration idleMax,
    Duration bodyIdleMax,
    Duration bodyMax) {
  public static final Http1Limits DEFAULT =
      new Http1Limits(
          128 << 10,
          1 << 20,
          Duration.ofSeconds(32),
          Duration.ofMinutes(3),
          Duration.ofSeconds(30),
          Duration.ofSeconds(60));

  public Http1Limits {
    Limits.requireAtLeast(64, requestLineBytesMax, "http1.request-line-bytes-max");
    Limits.requireAtLeast(64, headerBytesMax, "http1.header-bytes-max");
    Limits.requirePositive(headMax, "http1.head-max");
    Limits.requirePositive(idleMax, "http1.idle-max");
    Limits.requirePositive(bodyIdleMax, "http1.body-idle-max");
    Limits.requirePositive(bodyMax, "http1.body-max");
  }

  public Http1Limits withIdleMax(Duration changed) {
    return new Http1Limits(
        requestLineBytesMax, headerBytesMax, headMax, changed, bodyIdleMax, bodyMax);
  }
}
