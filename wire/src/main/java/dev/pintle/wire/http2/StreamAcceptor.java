package dev.pintle.wire.http2;

import io.netty.handler.codec.http2.Http2Headers;

/// The choice of who reads a new request stream.
@FunctionalInterface
public interface StreamAcceptor {
  /// Called with the head of the request; data and end follow through the reader.
  StreamReader accept(StreamLink link, Http2Headers headers);
}
