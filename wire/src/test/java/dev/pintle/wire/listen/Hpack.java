package dev.pintle.wire.listen;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import java.util.ArrayList;
import java.util.List;

/// The reader of the first header block of a connection.
final class Hpack {
  private Hpack() {}

  /// `name: value` each.
  static List<String> decoded(byte[] block) {
    try {
      Http2Headers headers =
          new DefaultHttp2HeadersDecoder().decodeHeaders(1, Unpooled.wrappedBuffer(block));
      List<String> lines = new ArrayList<>();
      headers.forEach(entry -> lines.add(entry.getKey() + ": " + entry.getValue()));
      return lines;
    } catch (Http2Exception malformed) {
      throw new AssertionError(malformed);
    }
  }
}
