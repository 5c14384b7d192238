package dev.pintle.wire.listen;

import dev.pintle.wire.loop.LoopTurn;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The limit that closes a connection that does not say within `patience` which protocol it speaks. Taken out when it
/// has.
final class SilenceLimit extends ChannelInboundHandlerAdapter {
  private final LoopTurn turn;
  private final Duration patience;
  private @Nullable Future<?> timer;

  SilenceLimit(LoopTurn turn, Duration patience) {
    this.turn = turn;
    this.patience = patience;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    timer = turn.schedule(() -> cut(ctx), patience.toNanos());
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
