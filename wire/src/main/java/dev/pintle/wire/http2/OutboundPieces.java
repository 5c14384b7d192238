package dev.pintle.wire.http2;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2RemoteFlowController.FlowControlled;
import org.jspecify.annotations.Nullable;

/// Bytes of one stream that wait for the window: pieces of a body, or messages, each of these behind a prefix of one byte
/// of flags and four of length. What is queued together leaves in one DATA frame.
final class OutboundPieces implements FlowControlled {
  /// Instead of flags: a piece without a prefix.
  static final int NO_PREFIX = -1;

  private static final int PREFIX_BYTES = 5;

  private final BatchFrameWriter writer;
  private final int stream;
  private Piece first;
  private Piece last;
  private int bytes;

  OutboundPieces(BatchFrameWriter writer, int stream, int flags, ByteBuf payload) {
    this.writer = writer;
    this.stream = stream;
    this.first = new Piece(flags, payload);
    this.last = first;
    this.bytes = first.bytes();
  }

  @Override
  public int size() {
    return bytes;
  }

  @Override
  public void write(ChannelHandlerContext ctx, int allowedBytes) {
    while (bytes > 0 && allowedBytes > 0) {
      int length = Math.min(Math.min(bytes, allowedBytes), writer.maxFrameSize());
      writer.dataHead(ctx, stream, length);
      fill(ctx, length);
      bytes -= length;
      allowedBytes -= length;
    }
  }

  private void fill(ChannelHandlerContext ctx, int length) {
    int left = length;
    while (left > 0) {
      Piece piece = first;
      left -= piece.write(writer, ctx, left);
      if (piece.isWritten()) {
        piece.payload.release();
        if (piece.next == null) {
          return;
        }
        first = piece.next;
      }
    }
  }

  @Override
  public boolean merge(ChannelHandlerContext ctx, FlowControlled next) {
    if (!(next instanceof OutboundPieces more) || more.bytes > Integer.MAX_VALUE - bytes) {
      return false;
    }
    last.next = more.first;
    last = more.last;
    bytes += more.bytes;
    return true;
  }

  @Override
  public void writeComplete() {}

  /// The stream is over; what was not sent never will be. The size stays, because the account is settled with it.
  @Override
  public void error(@Nullable ChannelHandlerContext ctx, Throwable cause) {
    for (Piece piece = first; piece != null; piece = piece.next) {
      if (!piece.isWritten()) {
        piece.payload.release();
      }
    }
  }

  private static final class Piece {
    private final int flags;
    private final int length;
    private final ByteBuf payload;
    private int prefixLeft;
    private @Nullable Piece next;

    Piece(int flags, ByteBuf payload) {
      this.flags = flags;
      this.length = payload.readableBytes();
      this.payload = payload;
      this.prefixLeft = flags == NO_PREFIX ? 0 : PREFIX_BYTES;
    }

    int bytes() {
      return prefixLeft + length;
    }

    boolean isWritten() {
      return prefixLeft == 0 && !payload.isReadable();
    }

    /// Writes up to `room` bytes; returns how many.
    int write(BatchFrameWriter writer, ChannelHandlerContext ctx, int room) {
      int written = prefixLeft == 0 ? 0 : writePrefix(writer, ctx, room);
      int bytes = Math.min(room - written, payload.readableBytes());
      if (bytes > 0) {
        writer.payload(ctx, payload, bytes);
      }
      return written + bytes;
    }

    private int writePrefix(BatchFrameWriter writer, ChannelHandlerContext ctx, int room) {
      ByteBuf out = writer.batch(ctx);
      int written = Math.min(room, prefixLeft);
      if (written == PREFIX_BYTES) {
        out.writeByte(flags).writeInt(length);
      } else {
        for (int i = 0; i < written; i++) {
          out.writeByte(prefixByte(PREFIX_BYTES - prefixLeft + i));
        }
      }
      prefixLeft -= written;
      return written;
    }

    private int prefixByte(int index) {
      return index == 0 ? flags : length >>> (8 * (PREFIX_BYTES - 1 - index));
    }
  }
}
