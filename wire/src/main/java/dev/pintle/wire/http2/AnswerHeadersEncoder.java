package dev.pintle.wire.http2;

import io.netty.handler.codec.http2.DefaultHttp2HeadersEncoder;
import io.netty.handler.codec.http2.Http2Exception;

/// An encoder that remembers no more of our headers than the protocol's usual table holds, even for a client that would
/// remember gigabytes of them: we would have to as well.
final class AnswerHeadersEncoder extends DefaultHttp2HeadersEncoder {
  private static final long TABLE_BYTES_MAX = 4096;

  @Override
  public void maxHeaderTableSize(long asked) throws Http2Exception {
    super.maxHeaderTableSize(Math.min(asked, TABLE_BYTES_MAX));
  }
}
