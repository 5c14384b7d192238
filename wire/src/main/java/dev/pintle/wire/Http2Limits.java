package dev.pintle.wire;

import java.time.Duration;

/// Bounds of HTTP/2 connections, announced in our SETTINGS where the protocol has a word for them.
///
/// @param concurrentStreamsMax streams a client may have open; one more is reset with REFUSED_STREAM. With the largest number
///     nothing is announced
/// @param headerListBytesMax size of a request's header list; more is answered 431, more than twice as much ends the connection
///     with ENHANCE_YOUR_CALM
/// @param streamWindowBytes what a client may send on one stream ahead of its reader
/// @param connectionWindowBytes what a client may send on all streams together ahead of their readers
/// @param resetsPerWindowMax streams that either side may reset within `window`; more ends the connection with
///     ENHANCE_YOUR_CALM
/// @param controlFramesPerWindowMax frames that ask for nothing (pings, settings, priorities, window updates, empty data, what
///     we do not know; a reset counts as ten) within `window`, beyond those that our answers explain; more ends the connection
///     with ENHANCE_YOUR_CALM
/// @param requestMax time from a request's head to its end, where the request must be whole to be answered
/// @param idleMax time a connection may stay open without a stream; zero for ever
public record Http2Limits(
    int concurrentStreamsMax,
    int headerListBytesMax,
    int streamWindowBytes,
    int connectionWindowBytes,
    int resetsPerWindowMax,
    int controlFramesPerWindowMax,
    Duration window,
    Duration requestMax,
    Duration idleMax) {
  public static final Http2Limits DEFAULT =
      new Http2Limits(
          Integer.MAX_VALUE,
          1 << 20,
          256 << 10,
          16 << 20,
          10_000,
          10_000,
          Duration.ofSeconds(30),
          Duration.ofSeconds(60),
          Duration.ZERO);

  /// What the protocol gives every stream and connection before SETTINGS.
  private static final int WINDOW_BYTES_MIN = 65_535;

  public Http2Limits {
    Limits.requireAtLeast(1, concurrentStreamsMax, "http2.concurrent-streams-max");
    Limits.requireAtLeast(1024, headerListBytesMax, "http2.header-list-bytes-max");
    Limits.requireAtLeast(1024, streamWindowBytes, "http2.stream-window-bytes");
    Limits.requireAtLeast(WINDOW_BYTES_MIN, connectionWindowBytes, "http2.connection-window-bytes");
    Limits.requireAtLeast(1, resetsPerWindowMax, "http2.resets-per-window-max");
    Limits.requireAtLeast(1, controlFramesPerWindowMax, "http2.control-frames-per-window-max");
    Limits.requirePositive(window, "http2.window");
    Limits.requirePositive(requestMax, "http2.request-max");
    Limits.requireNotNegative(idleMax, "http2.idle-max");
  }

  public Http2Limits withConcurrentStreams(int max) {
    return new Http2Limits(
        max,
        headerListBytesMax,
        streamWindowBytes,
        connectionWindowBytes,
        resetsPerWindowMax,
        controlFramesPerWindowMax,
        window,
        requestMax,
        idleMax);
  }

  public Http2Limits withWindows(int streamBytes, int connectionBytes) {
    return new Http2Limits(
        concurrentStreamsMax,
        headerListBytesMax,
        streamBytes,
        connectionBytes,
        resetsPerWindowMax,
        controlFramesPerWindowMax,
        window,
        requestMax,
        idleMax);
  }

  public Http2Limits withTimes(Duration request, Duration idle) {
    return new Http2Limits(
        concurrentStreamsMax,
        headerListBytesMax,
        streamWindowBytes,
        connectionWindowBytes,
        resetsPerWindowMax,
        controlFramesPerWindowMax,
        window,
        request,
        idle);
  }
}
