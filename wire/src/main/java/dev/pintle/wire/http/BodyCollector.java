package dev.pintle.wire.http;

import dev.pintle.wire.Exchange;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Collects a body that must be whole. A body that arrives in one piece is passed on without a copy.
final class BodyCollector implements Exchange.BodyReader {
  private final HttpTransport transport;
  private final int bytesMax;
  private final Consumer<ByteBuf> whole;
  private final Runnable tooLarge;
  private @Nullable ByteBuf first;
  private @Nullable ByteBuf joined;
  private int bytes;
  private boolean given;

  BodyCollector(HttpTransport transport, int bytesMax, Consumer<ByteBuf> whole, Runnable tooLarge) {
    this.transport = transport;
    this.bytesMax = bytesMax;
    this.whole = whole;
    this.tooLarge = tooLarge;
  }

  @Override
  public void piece(ByteBuf piece) {
    if (given || !piece.isReadable()) {
      return;
    }
    bytes += piece.readableBytes();
    if (!transport.collecting(piece.readableBytes()) || bytes > bytesMax) {
      given = true;
      release();
      tooLarge.run();
      return;
    }
    append(piece);
  }

  private void append(ByteBuf piece) {
    if (joined != null) {
      joined.writeBytes(piece, piece.readerIndex(), piece.readableBytes());
    } else if (first == null) {
      first = piece.retainedSlice();
    } else {
      ByteBuf both = transport.allocator().buffer(Math.max(4096, bytes * 2));
      both.writeBytes(first).writeBytes(piece, piece.readerIndex(), piece.readableBytes());
      first.release();
      first = null;
      joined = both;
    }
  }

  @Override
  public void end() {
    if (given) {
      return;
    }
    given = true;
    ByteBuf all = joined != null ? joined : first != null ? first : Unpooled.EMPTY_BUFFER;
    joined = null;
    first = null;
    uncount();
    whole.accept(all);
  }

  /// The body will never be whole.
  void release() {
    given = true;
    if (first != null) {
      first.release();
      first = null;
    }
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
