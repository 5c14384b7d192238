package dev.pintle.wire.http;

import dev.pintle.wire.Exchange;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The collector of a body that must be whole. What is kept is copied: a piece is a part of what was read from the
/// socket at once, and keeping a byte of that would keep all of it. The body counts as collected until the request is
/// answered, because whoever asked for it works on it till then.
final class BodyCollector implements Exchange.BodyReader {
  private final HttpTransport transport;
  private final int bytesMax;
  private final Consumer<ByteBuf> whole;
  private final Runnable tooLarge;
  private final Runnable noRoom;
  private @Nullable ByteBuf joined;
  private int bytes;
  private boolean given;

  /// @param noRoom answers a body that would take more memory than this client has left
  BodyCollector(
      HttpTransport transport,
      int bytesMax,
      Consumer<ByteBuf> whole,
      Runnable tooLarge,
      Runnable noRoom) {
    this.transport = transport;
    this.bytesMax = bytesMax;
    this.whole = whole;
    this.tooLarge = tooLarge;
    this.noRoom = noRoom;
  }

  @Override
  public void piece(ByteBuf piece) {
    if (given || !piece.isReadable()) {
      return;
    }
    if (piece.readableBytes() > bytesMax - bytes) {
      release();
      tooLarge.run();
    } else if (!transport.collecting(piece.readableBytes())) {
      release();
      noRoom.run();
    } else {
      bytes += piece.readableBytes();
      append(piece);
    }
  }

  private void append(ByteBuf piece) {
    ByteBuf into = joined;
    if (into == null) {
      into = transport.allocator().buffer(piece.readableBytes());
      joined = into;
    }
    into.writeBytes(piece, piece.readerIndex(), piece.readableBytes());
  }

  @Override
  public void end() {
    if (given) {
      return;
    }
    given = true;
    ByteBuf all = joined != null ? joined : Unpooled.EMPTY_BUFFER;
    joined = null;
    whole.accept(all);
  }

  /// The body will never be whole, or the request is answered.
  void release() {
    given = true;
    if (joined != null) {
      joined.release();
      joined = null;
    }
    uncount();
  }

  private void uncount() {
    transport.collecting(-bytes);
    bytes = 0;
  }
}
