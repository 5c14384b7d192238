package dev.pintle.wire.http1;

import dev.pintle.wire.loop.LoopTurn;
import dev.pintle.wire.loop.ReadShare;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import org.jspecify.annotations.Nullable;

/// The closing of a connection without losing the last answer.
///
/// Closing while the client still sends makes its kernel drop what we sent; so only our side is closed, and what comes
/// is read and dropped until the client closes too, or a moment has passed.
final class Linger {
  private static final long LINGER_NANOS_MAX = 1_000_000_000L;

  private Linger() {}

  static void close(LoopTurn turn, ChannelHandlerContext ctx, boolean requestWhole) {
    Channel channel = ctx.channel();
    SslHandler tls = ctx.pipeline().get(SslHandler.class);
    if (requestWhole || (tls == null && !(channel instanceof DuplexChannel))) {
      ctx.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
      return;
    }
    ReadShare.want(channel, true);
    ctx.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(sent -> endOutput(channel, tls));
    var _ = turn.schedule(() -> cut(channel), LINGER_NANOS_MAX);
  }

  /// In TLS its own last message says that no more comes.
  private static void endOutput(Channel channel, @Nullable SslHandler tls) {
    if (tls != null) {
      var _ = tls.closeOutbound();
    } else if (channel instanceof DuplexChannel duplex) {
      var _ = duplex.shutdownOutput();
    }
  }

  private static void cut(Channel channel) {
    var _ = channel.close();
  }
}
