package dev.pintle.wire.loop;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import java.util.ArrayDeque;

/// The queue of what one connection has to send, before the part of the socket: what is given to that is encrypted at once, into memory of
/// its own, so it is given as much as it takes and no more. What waits here may be bytes that others wait for as well. On the event loop
/// only.
public final class PieceQueue {
  /// What is given to the socket's part at once: a few TLS records.
  private static final int SLICE_BYTES = 32 << 10;

  private final ArrayDeque<ByteBuf> pieces = new ArrayDeque<>(2);
  private long bytes;

  /// Takes `piece` over.
  public void add(ByteBuf piece) {
    bytes += piece.readableBytes();
    pieces.add(piece);
  }

  /// Gives `piece` to the channel where nothing waits before it and the channel takes it at once; answers whether it did.
  public boolean tryPass(ChannelHandlerContext ctx, ByteBuf piece) {
    if (pieces.isEmpty() && piece.readableBytes() <= SLICE_BYTES && ctx.channel().isWritable()) {
      var _ = ctx.write(piece, ctx.voidPromise());
      return true;
    }
    return false;
  }

  /// Whether the channel takes more of what waits.
  public boolean canGoOn(ChannelHandlerContext ctx) {
    return !pieces.isEmpty() && ctx.channel().isWritable();
  }

  public boolean isEmpty() {
    return pieces.isEmpty();
  }

  /// Bytes that wait here.
  public long bytes() {
    return bytes;
  }

  /// Writes what the channel takes now; it is to be flushed afterwards.
  public void writeTo(ChannelHandlerContext ctx) {
    while (canGoOn(ctx)) {
      ByteBuf first = pieces.element();
      if (first.readableBytes() > SLICE_BYTES) {
        bytes -= SLICE_BYTES;
        var _ = ctx.write(first.readRetainedSlice(SLICE_BYTES), ctx.voidPromise());
      } else {
        bytes -= first.readableBytes();
        pieces.remove();
        var _ = ctx.write(first, ctx.voidPromise());
      }
    }
  }

  public void clear() {
    for (ByteBuf piece = pieces.poll(); piece != null; piece = pieces.poll()) {
      piece.release();
    }
    bytes = 0;
  }
}
