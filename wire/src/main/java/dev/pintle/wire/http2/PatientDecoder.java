package dev.pintle.wire.http2;

import io.netty.handler.codec.http2.DefaultHttp2ConnectionDecoder;
import io.netty.handler.codec.http2.DefaultHttp2FrameReader;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2ConnectionEncoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameReader;
import io.netty.handler.codec.http2.Http2PromisedRequestVerifier;

/// Netty's decoder, but a request with too many headers is answered (431) where Netty would end the connection.
final class PatientDecoder extends DefaultHttp2ConnectionDecoder {
  /// A header block is read, to answer it, up to this multiple of the limit; beyond, the connection ends.
  private static final int READ_FACTOR = 8;

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
    DefaultHttp2HeadersDecoder headers = new DefaultHttp2HeadersDecoder(true, headerListBytesMax);
    headers.maxHeaderListSize(headerListBytesMax, readBytesMax(headerListBytesMax));
    return new DefaultHttp2FrameReader(headers, SMALL_CONTINUATIONS_MAX);
  }

  @Override
  protected long calculateMaxHeaderListSizeGoAway(long headerListBytesMax) {
    return readBytesMax(headerListBytesMax);
  }

  private static long readBytesMax(long headerListBytesMax) {
    return headerListBytesMax * READ_FACTOR;
  }
}
