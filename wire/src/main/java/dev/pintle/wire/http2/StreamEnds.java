package dev.pintle.wire.http2;

import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2ConnectionAdapter;
import io.netty.handler.codec.http2.Http2Stream;

/// The messenger that tells a stream's reader, and the connection's care, that the stream is over, however it ended.
final class StreamEnds extends Http2ConnectionAdapter {
  private final Http2Connection.PropertyKey linkKey;
  private final ConnectionCare care;

  StreamEnds(Http2Connection.PropertyKey linkKey, ConnectionCare care) {
    this.linkKey = linkKey;
    this.care = care;
  }

  @Override
  public void onStreamClosed(Http2Stream stream) {
    StreamLink link = stream.getProperty(linkKey);
    if (link != null) {
      link.streamClosed();
    }
  }

  @Override
  public void onStreamRemoved(Http2Stream stream) {
    care.streamEnded();
  }
}
