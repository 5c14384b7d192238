package dev.pintle.wire.listen;

import dev.pintle.wire.loop.Faults;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// The handler that tells HTTP/2 with prior knowledge from HTTP/1.1 by the first bytes: no HTTP/1.1 method begins like
/// the preface.
final class PrefaceSniffer extends ByteToMessageDecoder {
  private static final byte[] PREFACE_START = "PRI * HTTP/2.0".getBytes(StandardCharsets.US_ASCII);

  private final Protocols protocols;

  PrefaceSniffer(Protocols protocols) {
    this.protocols = protocols;
  }

  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
    int known = Math.min(in.readableBytes(), PREFACE_START.length);
    boolean http2 = true;
    for (int i = 0; i < known && http2; i++) {
      http2 = in.getByte(in.readerIndex() + i) == PREFACE_START[i];
    }
    if (http2 && known < PREFACE_START.length) {
      return;
    }
    if (http2) {
      protocols.addHttp2(ctx.pipeline());
    } else {
      protocols.addHttp1(ctx.pipeline());
    }
    ctx.pipeline().remove(this);
  }

  /// A client that left before it said what it speaks is no client of any protocol.
  @Override
  protected void decodeLast(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {}

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    Faults.reportIfOurs(cause);
    var _ = ctx.close();
  }
}
