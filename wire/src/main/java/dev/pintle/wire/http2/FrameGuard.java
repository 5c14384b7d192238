package dev.pintle.wire.http2;

import dev.pintle.wire.budget.Allowance;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Flags;
import io.netty.handler.codec.http2.Http2FrameAdapter;
import io.netty.handler.codec.http2.Http2FrameListener;
import io.netty.handler.codec.http2.Http2FrameListenerDecorator;
import io.netty.handler.codec.http2.Http2FrameReader;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Settings;
import java.util.function.BooleanSupplier;

/// The guard that sees every frame of a client before anything is done about it: counts those that ask for nothing, and
/// the bytes of a header block that goes on and on.
final class FrameGuard implements Http2FrameReader {
  /// A reset stream has cost us a request; changed settings are applied to every stream.
  private static final int RESET_COST = 10;

  private static final int SETTINGS_COST = 10;
  private static final int STREAMS_PER_SETTINGS_COST = 8;

  /// What a connection holds of a frame that is not whole is part of its own cost; more must be a header block.
  private static final int FRAME_BYTES_USUAL = 32 << 10;

  private final Http2FrameReader reader;
  private final Http2Connection connection;
  private final FrameCredit credit;
  private final Allowance bytes;
  private final BooleanSupplier over;
  private Counting counting = new Counting(new NoFrames());
  private int lastFrameEnd;
  private boolean sawFrame;
  private long pendingBytes;
  private long chargedBytes;

  /// @param over tells whether the connection is being ended, and what still comes is not worth a look
  FrameGuard(
      Http2FrameReader reader,
      Http2Connection connection,
      FrameCredit credit,
      Allowance bytes,
      BooleanSupplier over) {
    this.reader = reader;
    this.connection = connection;
    this.credit = credit;
    this.bytes = bytes;
    this.over = over;
  }

  @Override
  public void readFrame(ChannelHandlerContext ctx, ByteBuf in, Http2FrameListener listener)
      throws Http2Exception {
    if (over.getAsBoolean()) {
      in.skipBytes(in.readableBytes());
      return;
    }
    if (!counting.isFor(listener)) {
      counting = new Counting(listener);
    }
    int start = in.readerIndex();
    sawFrame = false;
    counting.reading(in);
    reader.readFrame(ctx, in, counting);
    pendingBytes =
        sawFrame ? in.readerIndex() - lastFrameEnd : pendingBytes + in.readerIndex() - start;
    chargePending();
  }

  private void chargePending() throws Http2Exception {
    long charge = pendingBytes > FRAME_BYTES_USUAL ? pendingBytes : 0;
    if (charge == chargedBytes) {
      return;
    }
    if (charge > chargedBytes && !bytes.tryTake(charge - chargedBytes)) {
      throw Http2Exception.connectionError(
          Http2Error.ENHANCE_YOUR_CALM, "no room for a header block of %d bytes", charge);
    }
    if (charge < chargedBytes) {
      bytes.give(chargedBytes - charge);
    }
    chargedBytes = charge;
  }

  @Override
  public Configuration configuration() {
    return reader.configuration();
  }

  @Override
  public void close() {
    reader.close();
    bytes.give(chargedBytes);
    chargedBytes = 0;
  }

  /// The listener that stands in until the first frame is read.
  private static final class NoFrames extends Http2FrameAdapter {}

  private final class Counting extends Http2FrameListenerDecorator {
    private final Http2FrameListener counted;
    private ByteBuf in = Unpooled.EMPTY_BUFFER;

    Counting(Http2FrameListener listener) {
      super(listener);
      this.counted = listener;
    }

    @SuppressWarnings("ReferenceEquality")
    boolean isFor(Http2FrameListener other) {
      return counted == other;
    }

    void reading(ByteBuf from) {
      in = from;
    }

    private void frame(int cost) throws Http2Exception {
      sawFrame = true;
      lastFrameEnd = in.readerIndex();
      if (cost > 0) {
        credit.spend(cost);
      }
    }

    @Override
    public int onDataRead(
        ChannelHandlerContext ctx, int stream, ByteBuf data, int padding, boolean end)
        throws Http2Exception {
      frame(data.isReadable() || end ? 0 : 1);
      return super.onDataRead(ctx, stream, data, padding, end);
    }

    @Override
    public void onHeadersRead(
        ChannelHandlerContext ctx, int stream, Http2Headers headers, int padding, boolean end)
        throws Http2Exception {
      frame(0);
      super.onHeadersRead(ctx, stream, headers, padding, end);
    }

    @Override
    public void onHeadersRead(
        ChannelHandlerContext ctx,
        int stream,
        Http2Headers headers,
        int dependency,
        short weight,
        boolean exclusive,
        int padding,
        boolean end)
        throws Http2Exception {
      frame(0);
      super.onHeadersRead(ctx, stream, headers, dependency, weight, exclusive, padding, end);
    }

    @Override
    public void onPriorityRead(
        ChannelHandlerContext ctx, int stream, int dependency, short weight, boolean exclusive)
        throws Http2Exception {
      frame(1);
      super.onPriorityRead(ctx, stream, dependency, weight, exclusive);
    }

    @Override
    public void onRstStreamRead(ChannelHandlerContext ctx, int stream, long error)
        throws Http2Exception {
      frame(RESET_COST);
      super.onRstStreamRead(ctx, stream, error);
    }

    @Override
    public void onSettingsAckRead(ChannelHandlerContext ctx) throws Http2Exception {
      frame(1);
      super.onSettingsAckRead(ctx);
    }

    @Override
    public void onSettingsRead(ChannelHandlerContext ctx, Http2Settings settings)
        throws Http2Exception {
      frame(SETTINGS_COST + connection.numActiveStreams() / STREAMS_PER_SETTINGS_COST);
      super.onSettingsRead(ctx, settings);
    }

    @Override
    public void onPingRead(ChannelHandlerContext ctx, long word) throws Http2Exception {
      frame(1);
      super.onPingRead(ctx, word);
    }

    @Override
    public void onPingAckRead(ChannelHandlerContext ctx, long word) throws Http2Exception {
      frame(1);
      super.onPingAckRead(ctx, word);
    }

    @Override
    public void onGoAwayRead(ChannelHandlerContext ctx, int last, long error, ByteBuf reason)
        throws Http2Exception {
      frame(1);
      super.onGoAwayRead(ctx, last, error, reason);
    }

    @Override
    public void onWindowUpdateRead(ChannelHandlerContext ctx, int stream, int more)
        throws Http2Exception {
      frame(1);
      super.onWindowUpdateRead(ctx, stream, more);
    }

    @Override
    public void onUnknownFrame(
        ChannelHandlerContext ctx, byte type, int stream, Http2Flags flags, ByteBuf payload)
        throws Http2Exception {
      frame(1);
      super.onUnknownFrame(ctx, type, stream, flags, payload);
    }
  }
}
