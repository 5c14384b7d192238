package dev.pintle.wire.http2;

import dev.pintle.wire.HttpHandler;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Headers;

/// The acceptor of HTTP requests for a handler.
public final class Http2Requests implements StreamAcceptor {
  private final HttpHandler handler;

  public Http2Requests(HttpHandler handler) {
    this.handler = handler;
  }

  /// CONNECT has no path, and we are no proxy. That another protocol may go on inside a stream (RFC 8441) was not announced, as Go's server
  /// does not.
  @Override
  public StreamReader accept(StreamLink link, Http2Headers request) {
    if (request.contains(Http2Headers.PseudoHeaderName.PROTOCOL.value())) {
      link.reset(Http2Error.PROTOCOL_ERROR);
      return StreamReader.NOBODY;
    }
    if (request.path() == null) {
      link.headers(new DefaultHttp2Headers(false).status("405"), true);
      return StreamReader.NOBODY;
    }
    Http2Transport transport = new Http2Transport(link, request);
    transport.exchange().handleWith(handler);
    return transport;
  }
}
