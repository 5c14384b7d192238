package dev.pintle.wire.http2;

import dev.pintle.wire.Http2Limits;
import dev.pintle.wire.loop.LoopTurn;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http2.DecoratingHttp2ConnectionEncoder;
import io.netty.handler.codec.http2.Http2ConnectionEncoder;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2LifecycleManager;
import org.jspecify.annotations.Nullable;

/// The limit that ends a connection whose client makes us reset too many streams: it breaks the protocol on purpose,
/// because each such stream has cost us a request and costs the client nothing. One that goes on opening more streams than it may,
/// or than there is room for, has not heard, or does not care, and gets as many refusals as it may have streams, but not many.
final class ResetLimit extends DecoratingHttp2ConnectionEncoder {
  /// What a client may have opened before it knows how many streams it may: most begin with as many.
  private static final int REFUSALS_MIN = 100;

  /// What a client may have opened on one connection before it hears that all its connections together have no room left.
  private static final int REFUSALS_WITHOUT_ROOM_MAX = 1_000;

  private final Http2Limits limits;
  private @Nullable Http2LifecycleManager lifecycle;
  private final LoopTurn turn;
  private long windowStartNanos;
  private int resets;
  private int refusals;
  private int refusalsWithoutRoom;
  private boolean exceeded;

  ResetLimit(Http2ConnectionEncoder delegate, Http2Limits limits, LoopTurn turn) {
    super(delegate);
    this.turn = turn;
    this.windowStartNanos = turn.nanos();
    this.limits = limits;
  }

  @Override
  public void lifecycleManager(Http2LifecycleManager manager) {
    lifecycle = manager;
    super.lifecycleManager(manager);
  }

  @Override
  public ChannelFuture writeRstStream(
      ChannelHandlerContext ctx, int stream, long error, ChannelPromise promise) {
    ChannelFuture sent = super.writeRstStream(ctx, stream, error, promise);
    if (error != Http2Error.NO_ERROR.code() && lifecycle != null && isOneTooMany(error)) {
      exceeded = true;
      Http2Exception calm =
          Http2Exception.connectionError(
              Http2Error.ENHANCE_YOUR_CALM,
              "more than %d streams had to be reset",
              resets + refusals + refusalsWithoutRoom - 1);
      lifecycle.onError(ctx, true, calm);
    }
    return sent;
  }

  /// Whether the connection has come to its end: nothing more of it is looked at.
  boolean isExceeded() {
    return exceeded;
  }

  private boolean isOneTooMany(long error) {
    if (exceeded) {
      return false;
    }
    long now = turn.nanos();
    if (now - windowStartNanos > limits.window().toNanos()) {
      windowStartNanos = now;
      resets = 0;
      refusals = 0;
      refusalsWithoutRoom = 0;
    }
    if (error != Http2Error.REFUSED_STREAM.code()) {
      return ++resets > limits.resetsPerWindowMax();
    }
    return hasAllStreams()
        ? ++refusals > Math.max(limits.concurrentStreamsMax(), REFUSALS_MIN)
        : ++refusalsWithoutRoom > REFUSALS_WITHOUT_ROOM_MAX;
  }

  private boolean hasAllStreams() {
    return connection().remote().numActiveStreams() >= limits.concurrentStreamsMax();
  }
}
