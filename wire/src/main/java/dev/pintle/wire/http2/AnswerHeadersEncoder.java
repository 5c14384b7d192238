package dev.pintle.wire.http2;

import io.netty.handler.codec.http2.DefaultHttp2HeadersEncoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.util.AsciiString;

/// An encoder that remembers no more of our headers than the protocol's usual table holds, even for a client that would
/// remember gigabytes of them: we would have to as well. What is never the same twice is kept out of the table, where it would push
/// out what always is.
final class AnswerHeadersEncoder extends DefaultHttp2HeadersEncoder {
  private static final long TABLE_BYTES_MAX = 4096;
  private static final AsciiString ALWAYS_NEW = AsciiString.cached("audit-id");

  AnswerHeadersEncoder() {
    super((name, _) -> isAlwaysNew(name));
  }

  /// Whether a header has another value in each answer.
  static boolean isAlwaysNew(CharSequence name) {
    return ALWAYS_NEW.contentEquals(name);
  }

  @Override
  public void maxHeaderTableSize(long asked) throws Http2Exception {
    super.maxHeaderTableSize(Math.min(asked, TABLE_BYTES_MAX));
  }
}
