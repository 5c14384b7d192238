package dev.pintle.wire.http2;

import io.netty.handler.codec.http2.DefaultHttp2ConnectionDecoder;
import io.netty.handler.codec.http2.DefaultHttp2FrameReader;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2ConnectionEncoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameReader;
import io.netty.handler.codec.http2.Http2PromisedRequestVerifier;

/// The decoder of HTTP/2 frames: Netty's, but a request with too many headers is answered (431) where Netty would end the
/// connection.
final class PatientDecoder extends DefaultHttp2ConnectionDecoder {
  /// Continuation frames that a header block may have without being a flood; Netty's default.
  private static final int SMALL_CONTINUATIONS_MAX = 16;

  PatientDecoder(
      Http2Connection connection, Http2ConnectionEncoder encoder, Http2FrameReader reader) {
    super(
        connection,
        encoder,
        reader,
        Http2PromisedRequestVerifier.ALWAYS_VERIFY,
        true,
        true,
        true,
        true);
  }

  static Http2FrameReader reader(int headerListBytesMax) throws Http2Exception {
    return new DefaultHttp2FrameReader(
        RequestHeadersDecoder.of(headerListBytesMax), SMALL_CONTINUATIONS_MAX);
  }

  @Override
  protected long calculateMaxHeaderListSizeGoAway(long headerListBytesMax) {
    return RequestHeadersDecoder.readBytesMax(headerListBytesMax);
  }
}
