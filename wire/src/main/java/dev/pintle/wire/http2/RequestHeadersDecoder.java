package dev.pintle.wire.http2;

import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.Http2Exception;

/// A decoder of header lists of up to twice the announced size, so that one that is a little too long can be answered.
/// A longer one, of which the compressed block may be a thousandth, is given up.
final class RequestHeadersDecoder extends DefaultHttp2HeadersDecoder {
  private static final int READ_FACTOR = 2;

  private RequestHeadersDecoder(long readBytesMax) {
    super(true, readBytesMax);
  }

  static RequestHeadersDecoder of(int headerListBytesMax) throws Http2Exception {
    RequestHeadersDecoder decoder = new RequestHeadersDecoder(readBytesMax(headerListBytesMax));
    decoder.maxHeaderListSize(headerListBytesMax, headerListBytesMax);
    return decoder;
  }

  static long readBytesMax(long headerListBytesMax) {
    return headerListBytesMax * READ_FACTOR;
  }

  /// Called again with what was announced, once the client has confirmed it.
  @Override
  public void maxHeaderListSize(long announced, long goAway) throws Http2Exception {
    long readMax = readBytesMax(announced);
    super.maxHeaderListSize(readMax, readMax);
  }
}
