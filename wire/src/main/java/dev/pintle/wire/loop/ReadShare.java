package dev.pintle.wire.loop;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/// The share that one connection has of its event loop's time, as the first handler of its pipeline: what is done at once with what
/// was read counts. A connection that uses up its share is read when its turn comes, see [ReadTurns].
public final class ReadShare extends ChannelInboundHandlerAdapter {
  /// What a connection may spend at once. A request takes a tenth of it, a TLS handshake all.
  private static final long CREDIT_NANOS_MAX = 2_000_000;

  /// What one read counts at most: the operating system and the collector stop a thread in the middle of anybody's.
  private static final long READ_NANOS_MAX = 1_000_000;

  /// What a connection can owe, so that it is soon forgiven.
  private static final long DEBT_NANOS_MAX = 2_000_000;

  /// It earns one part of this many of the time that goes by.
  private static final int TIME_SHARE = 8;

  private final ReadTurns turns;
  private final LoopTurn turn;
  private final Channel channel;
  private boolean wanted = true;
  private boolean held;
  private boolean reading;
  private long startNanos;
  private long creditNanos = CREDIT_NANOS_MAX;
  private long creditedNanos;
  private long lastNanos;

  /// To be put first into the pipeline of `channel`, before it is read.
  public ReadShare(LoopTurn turn, Channel channel) {
    this.turn = turn;
    this.turns = turn.readTurns();
    this.channel = channel;
    this.creditedNanos = turn.nanos();
  }

  /// Says whether the protocol of `channel` wants more to be read now.
  public static void want(Channel channel, boolean more) {
    ReadShare share = channel.pipeline().get(ReadShare.class);
    if (share == null) {
      channel.config().setAutoRead(more);
    } else {
      share.wanted = more;
      share.choose();
    }
  }

  void hold() {
    held = true;
    choose();
  }

  /// Lets the connection be read again; answers what that cost the last time.
  long release() {
    held = false;
    choose();
    return lastNanos;
  }

  private void choose() {
    if (channel.isActive()) {
      channel.config().setAutoRead(wanted && !held);
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object read) {
    if (!reading) {
      reading = true;
      startNanos = turn.nanos();
    }
    ctx.fireChannelRead(read);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    ctx.fireChannelReadComplete();
    if (reading) {
      reading = false;
      long now = turn.nanos();
      spend(Math.min(READ_NANOS_MAX, now - startNanos), now);
    }
  }

  private void spend(long nanos, long now) {
    long earned = (now - creditedNanos) / TIME_SHARE;
    creditedNanos = now;
    creditNanos =
        Math.max(-DEBT_NANOS_MAX, Math.min(CREDIT_NANOS_MAX, creditNanos + earned) - nanos);
    lastNanos = nanos;
    if (creditNanos < 0 && !held) {
      turns.overdrawn(this, nanos);
    }
  }
}
