package dev.pintle.wire.http1;

import dev.pintle.wire.loop.LoopTurn;
import dev.pintle.wire.loop.ReadShare;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;

/// The closing of a connection without losing the last answer.
///
/// Closing while the client still sends makes its kernel drop what we sent; so only our side is closed, and what comes
/// is read and dropped until the client closes too, or a moment has passed.
final class Linger {
  private static final long LINGER_NANOS_MAX = 1_000_000_000L;

  private Linger() {}

  static void close(LoopTurn turn, ChannelHandlerContext ctx, boolean requestWhole) {
    Channel channel = ctx.channel();
    boolean halfCloses =
        channel instanceof DuplexChannel && ctx.pipeline().get(SslHandler.class) == null;
    if (requestWhole || !halfCloses) {
      ctx.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
      return;
    }
    ReadShare.want(channel, true);
    ctx.writeAndFlush(Unpooled.EMPTY_BUFFER)
        .addListener(sent -> shutdownOutput((DuplexChannel) channel));
    var _ = turn.schedule(() -> cut(channel), LINGER_NANOS_MAX);
  }

  private static void cut(Channel channel) {
    var _ = channel.close();
  }

  private static void shutdownOutput(DuplexChannel channel) {
    var _ = channel.shutdownOutput();
  }
}
