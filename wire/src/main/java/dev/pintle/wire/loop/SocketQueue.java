package dev.pintle.wire.loop;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;

/// The amount of what one connection flushed that the kernel has not taken yet. On the event loop only.
public final class SocketQueue {
  private final Runnable drained;
  private boolean watching;

  /// @param drained called when what was waiting at the last [#bytes] is gone
  public SocketQueue(Runnable drained) {
    this.drained = drained;
  }

  /// Bytes in the queue, just after a flush.
  public long bytes(ChannelHandlerContext ctx) {
    ChannelOutboundBuffer queue = ctx.channel().unsafe().outboundBuffer();
    long bytes = queue == null ? 0 : queue.totalPendingWriteBytes();
    if (bytes > 0 && !watching) {
      watching = true;
      ctx.writeAndFlush(Unpooled.EMPTY_BUFFER)
          .addListener(gone -> {
            watching = false;
            drained.run();
          });
    }
    return bytes;
  }
}
