package dev.pintle.wire.listen;

import dev.pintle.wire.loop.Faults;
import dev.pintle.wire.tls.TlsTerms;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;

/// The handler that starts TLS; tells a client that forgot it, in the words of Go's server.
final class TlsSniffer extends ByteToMessageDecoder {
  private static final int HANDSHAKE_RECORD = 0x16;
  private static final int WAITING_BYTES_MAX = 64 << 10;
  private static final String FORGOTTEN =
      "HTTP/1.0 400 Bad Request\r\n\r\nClient sent an HTTP request to an HTTPS server.\n";

  private final TlsTerms terms;
  private final Protocols protocols;
  private final boolean clearTextToo;
  private boolean begun;

  /// @param clearTextToo whether a client without TLS is served
  TlsSniffer(TlsTerms terms, Protocols protocols, boolean clearTextToo) {
    this.terms = terms;
    this.protocols = protocols;
    this.clearTextToo = clearTextToo;
  }

  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
    int first = in.getUnsignedByte(in.readerIndex());
    if (first == HANDSHAKE_RECORD) {
      begin(ctx, in.readableBytes());
      return;
    }
    if (clearTextToo) {
      ctx.pipeline().addLast(new PrefaceSniffer(protocols));
      ctx.pipeline().remove(this);
      return;
    }
    in.skipBytes(in.readableBytes());
    if (first >= 'A' && first <= 'Z') {
      ctx.writeAndFlush(ByteBufUtil.writeAscii(ctx.alloc(), FORGOTTEN))
          .addListener(ChannelFutureListener.CLOSE);
    } else {
      var _ = ctx.close();
    }
  }

  /// What the client says meanwhile waits: it is one message, since it must hear from us first.
  private void begin(ChannelHandlerContext ctx, int waitingBytes) {
    if (waitingBytes > WAITING_BYTES_MAX) {
      var _ = ctx.close();
    } else if (!begun) {
      begun = true;
      terms.whenFresh(() -> {
        if (ctx.executor().inEventLoop()) {
          goOn(ctx);
        } else {
          ctx.executor().execute(() -> goOn(ctx));
        }
      });
    }
  }

  private void goOn(ChannelHandlerContext ctx) {
    if (!ctx.isRemoved() && ctx.channel().isActive()) {
      ctx.pipeline().addLast(terms.handler(ctx.alloc()), new AlpnChoice(protocols));
      ctx.pipeline().remove(this);
    }
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
