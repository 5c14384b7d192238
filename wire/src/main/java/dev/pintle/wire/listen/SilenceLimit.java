package dev.pintle.wire.listen;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The limit that closes a connection that does not say within `patience` which protocol it speaks. Taken out when it
/// has.
final class SilenceLimit extends ChannelInboundHandlerAdapter {
  private final Duration patience;
  private @Nullable Future<?> timer;

  SilenceLimit(Duration patience) {
    this.patience = patience;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    timer = ctx.executor().schedule(() -> cut(ctx), patience.toNanos(), TimeUnit.NANOSECONDS);
  }

  private static void cut(ChannelHandlerContext ctx) {
    var _ = ctx.close();
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    if (timer != null) {
      timer.cancel(false);
    }
  }
}
