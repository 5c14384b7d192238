package dev.pintle.wire.http1;

import dev.pintle.wire.Http1Limits;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpRequestDecoder;

/// The decoder of HTTP/1.1 requests: Netty's, with our limits.
final class RequestDecoder extends HttpRequestDecoder {
  /// Largest piece of a body that is passed on at once.
  private static final int PIECE_BYTES_MAX = 64 << 10;

  private boolean sawBytes;
  private int pendingBytes;

  RequestDecoder(Http1Limits limits) {
    super(
        new HttpDecoderConfig()
            .setMaxInitialLineLength(limits.requestLineBytesMax())
            .setMaxHeaderSize(limits.headerBytesMax())
            .setMaxChunkSize(PIECE_BYTES_MAX));
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object bytes) throws Exception {
    sawBytes = true;
    if (bytes instanceof ByteBuf read) {
      pendingBytes += read.readableBytes();
    }
    super.channelRead(ctx, bytes);
  }

  /// What was read since the last part of a request came out of it: the beginning of a head, or of a trailer.
  int pendingBytes() {
    return pendingBytes;
  }

  /// As [#pendingBytes]; a part has come out.
  int takePendingBytes() {
    int pending = pendingBytes;
    pendingBytes = 0;
    return pending;
  }

  /// Whether anything was read since this was last asked.
  boolean tookBytes() {
    boolean took = sawBytes;
    sawBytes = false;
    return took;
  }
}
