package dev.pintle.wire;

import java.time.Duration;

/// Bounds of HTTP/2 connections, announced in our SETTINGS where the protocol has a word for them.
///
/// @param concurrentStreamsMax streams a client may have open; one more is reset with REFUSED_STREAM
/// @param headerListBytesMax size of a request's header list; more is answered 431
/// @param streamWindowBytes what a client may send on one stream ahead of its reader
/// @param connectionWindowBytes what a client may send on all streams together ahead of their readers
/// @param resetsPerWindowMax streams that either side may reset within `resetWindow`; more ends the connection with
///     ENHANCE_YOUR_CALM
public record Http2Limits(
    int concurrentStreamsMax,
    int headerListBytesMax,
    int streamWindowBytes,
    int connectionWindowBytes,
    int resetsPerWindowMax,
    Duration resetWindow) {
  public static final Http2Limits DEFAULT =
      new Http2Limits(
          Integer.MAX_VALUE, 1 << 20, 1 << 20, 16 << 20, 10_000, Duration.ofSeconds(30));

  /// What the protocol gives every stream and connection before SETTINGS.
  private static final int WINDOW_BYTES_MIN = 65_535;

  public Http2Limits {
    Limits.requireAtLeast(1, concurrentStreamsMax, "http2.concurrent-streams-max");
    Limits.requireAtLeast(1024, headerListBytesMax, "http2.header-list-bytes-max");
    Limits.requireAtLeast(1024, streamWindowBytes, "http2.stream-window-bytes");
    Limits.requireAtLeast(WINDOW_BYTES_MIN, connectionWindowBytes, "http2.connection-window-bytes");
    Limits.requireAtLeast(1, resetsPerWindowMax, "http2.resets-per-window-max");
    Limits.requirePositive(resetWindow, "http2.reset-window");
  }
}
