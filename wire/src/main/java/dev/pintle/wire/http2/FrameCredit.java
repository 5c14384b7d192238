package dev.pintle.wire.http2;

import dev.pintle.wire.Http2Limits;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import java.util.function.LongSupplier;

/// The count of a client's frames that ask for nothing. Some of them explain themselves: a client that is sent much
/// opens its windows often. The others are bounded in each stretch of time.
final class FrameCredit {
  /// Windows that a client may open, pings that it may send, for each frame of ours.
  private static final int EXPLAINED_BY_FRAME = 8;

  private final int most;
  private final long windowNanos;
  private final LongSupplier nanoTime;
  private final LongSupplier framesSent;
  private long windowStartNanos;
  private long framesSeen;
  private int left;

  /// @param framesSent answers how many frames of answers we have sent
  FrameCredit(Http2Limits limits, LongSupplier nanoTime, LongSupplier framesSent) {
    this.most = limits.controlFramesPerWindowMax();
    this.windowNanos = limits.window().toNanos();
    this.nanoTime = nanoTime;
    this.framesSent = framesSent;
    this.windowStartNanos = nanoTime.getAsLong();
    this.left = most;
  }

  /// Counts a frame as `cost` frames.
  void spend(int cost) throws Http2Exception {
    left -= cost;
    if (left < 0) {
      refill();
    }
  }

  private void refill() throws Http2Exception {
    long sent = framesSent.getAsLong();
    left += (int) Math.min(most, EXPLAINED_BY_FRAME * (sent - framesSeen));
    framesSeen = sent;
    long now = nanoTime.getAsLong();
    if (now - windowStartNanos > windowNanos) {
      windowStartNanos = now;
      left = most;
    }
    if (left < 0) {
      throw Http2Exception.connectionError(
          Http2Error.ENHANCE_YOUR_CALM, "more than %d frames that ask for nothing", most);
    }
  }
}
