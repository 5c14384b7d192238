package dev.pintle.wire.http2;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http2.DefaultHttp2FrameWriter;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameTypes;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersEncoder;
import io.netty.handler.codec.http2.Http2Settings;
import org.jspecify.annotations.Nullable;

/// A writer of the frames of many answers into one buffer, which goes to the socket with the flush of the turn.
///
/// An answer is three small frames. Netty's own writer makes of them six buffers, each with a promise and a place in the
/// socket's queue; copied together they are one. A long payload is not copied: the batch goes ahead of it.
///
/// A frame counts as written when it is in the batch. Should the socket refuse it, the connection breaks, and with it
/// every stream.
final class BatchFrameWriter extends DefaultHttp2FrameWriter {
  private static final int FRAME_HEAD_BYTES = 9;
  private static final int END_STREAM = 1;
  private static final int END_HEADERS = 4;
  private static final int RST_STREAM_BYTES = 4;

  /// Up to here copying a payload is cheaper than giving it a buffer of its own.
  private static final int COPY_BYTES_MAX = 2048;

  private static final int BATCH_BYTES_USUAL = 4096;
  private static final int BATCH_BYTES_MAX = 32 << 10;

  private final Http2HeadersEncoder headersEncoder;
  private @Nullable ByteBuf batch;
  private long framesSent;
  private boolean closed;

  BatchFrameWriter() {
    this(new AnswerHeadersEncoder());
  }

  private BatchFrameWriter(Http2HeadersEncoder headersEncoder) {
    super(headersEncoder);
    this.headersEncoder = headersEncoder;
  }

  /// Gives the batch to the socket's queue, before a flush or before a frame that is written otherwise.
  void spill(ChannelHandlerContext ctx) {
    ByteBuf full = batch;
    if (full != null) {
      batch = null;
      var _ = ctx.write(full, ctx.voidPromise());
    }
  }

  ByteBuf batch(ChannelHandlerContext ctx) {
    ByteBuf open = batch;
    if (open != null && open.readableBytes() >= BATCH_BYTES_MAX) {
      spill(ctx);
      open = null;
    }
    if (open == null) {
      open = ctx.alloc().buffer(BATCH_BYTES_USUAL);
      batch = open;
    }
    return open;
  }

  /// Frames of answers written so far.
  long framesSent() {
    return framesSent;
  }

  private static void frameHead(ByteBuf out, int length, int type, int flags, int stream) {
    out.writeMedium(length).writeByte(type).writeByte(flags).writeInt(stream);
  }

  @Override
  public ChannelFuture writeHeaders(
      ChannelHandlerContext ctx,
      int stream,
      Http2Headers headers,
      int padding,
      boolean end,
      ChannelPromise promise) {
    if (padding > 0 || closed) {
      spill(ctx);
      return super.writeHeaders(ctx, stream, headers, padding, end, promise);
    }
    framesSent++;
    ByteBuf out = batch(ctx);
    int start = out.writerIndex();
    try {
      out.writeZero(FRAME_HEAD_BYTES);
      headersEncoder.encodeHeaders(stream, headers, out);
    } catch (Http2Exception unencodable) {
      out.writerIndex(start);
      return promise.setFailure(unencodable);
    }
    int length = out.writerIndex() - start - FRAME_HEAD_BYTES;
    int flags = end ? END_STREAM : 0;
    if (length <= maxFrameSize()) {
      out.setMedium(start, length);
      out.setByte(start + 3, Http2FrameTypes.HEADERS);
      out.setByte(start + 4, flags | END_HEADERS);
      out.setInt(start + 5, stream);
    } else {
      split(out, start, stream, flags);
    }
    return promise.setSuccess();
  }

  /// A header block longer than a frame goes on in CONTINUATION frames.
  private void split(ByteBuf out, int start, int stream, int endFlag) {
    ByteBuf block =
        out.copy(start + FRAME_HEAD_BYTES, out.writerIndex() - start - FRAME_HEAD_BYTES);
    out.writerIndex(start);
    int type = Http2FrameTypes.HEADERS;
    int flags = endFlag;
    while (block.isReadable()) {
      int length = Math.min(block.readableBytes(), maxFrameSize());
      boolean last = length == block.readableBytes();
      frameHead(out, length, type, last ? flags | END_HEADERS : flags, stream);
      out.writeBytes(block, length);
      type = Http2FrameTypes.CONTINUATION;
      flags = 0;
    }
    block.release();
  }

  @Override
  public ChannelFuture writeData(
      ChannelHandlerContext ctx,
      int stream,
      ByteBuf data,
      int padding,
      boolean end,
      ChannelPromise promise) {
    if (padding > 0 || closed) {
      spill(ctx);
      return super.writeData(ctx, stream, data, padding, end, promise);
    }
    do {
      framesSent++;
      int length = Math.min(data.readableBytes(), maxFrameSize());
      boolean last = length == data.readableBytes();
      frameHead(batch(ctx), length, Http2FrameTypes.DATA, last && end ? END_STREAM : 0, stream);
      payload(ctx, data, length);
    } while (data.isReadable());
    data.release();
    return promise.setSuccess();
  }

  /// Begins a DATA frame of `length` bytes, which the caller writes next.
  void dataHead(ChannelHandlerContext ctx, int stream, int length) {
    framesSent++;
    frameHead(batch(ctx), length, Http2FrameTypes.DATA, 0, stream);
  }

  /// Writes `length` bytes of `from`, copied or as they are.
  void payload(ChannelHandlerContext ctx, ByteBuf from, int length) {
    if (length <= COPY_BYTES_MAX) {
      batch(ctx).writeBytes(from, length);
    } else {
      spill(ctx);
      var _ = ctx.write(from.readRetainedSlice(length), ctx.voidPromise());
    }
  }

  /// A client that opens more streams than it may is answered by nothing else.
  @Override
  public ChannelFuture writeRstStream(
      ChannelHandlerContext ctx, int stream, long error, ChannelPromise promise) {
    if (closed) {
      return super.writeRstStream(ctx, stream, error, promise);
    }
    ByteBuf out = batch(ctx);
    frameHead(out, RST_STREAM_BYTES, Http2FrameTypes.RST_STREAM, 0, stream);
    out.writeInt((int) error);
    return promise.setSuccess();
  }

  // What is rare is written as Netty does it, behind the batch.

  @Override
  public ChannelFuture writeSettings(
      ChannelHandlerContext ctx, Http2Settings settings, ChannelPromise promise) {
    spill(ctx);
    return super.writeSettings(ctx, settings, promise);
  }

  @Override
  public ChannelFuture writeSettingsAck(ChannelHandlerContext ctx, ChannelPromise promise) {
    spill(ctx);
    return super.writeSettingsAck(ctx, promise);
  }

  @Override
  public ChannelFuture writePing(
      ChannelHandlerContext ctx, boolean ack, long word, ChannelPromise promise) {
    spill(ctx);
    return super.writePing(ctx, ack, word, promise);
  }

  @Override
  public ChannelFuture writeGoAway(
      ChannelHandlerContext ctx,
      int lastStream,
      long error,
      ByteBuf reason,
      ChannelPromise promise) {
    spill(ctx);
    return super.writeGoAway(ctx, lastStream, error, reason, promise);
  }

  @Override
  public ChannelFuture writeWindowUpdate(
      ChannelHandlerContext ctx, int stream, int more, ChannelPromise promise) {
    spill(ctx);
    return super.writeWindowUpdate(ctx, stream, more, promise);
  }

  @Override
  public void close() {
    closed = true;
    if (batch != null) {
      batch.release();
      batch = null;
    }
    super.close();
  }
}
