package dev.pintle.wire.http;

import dev.pintle.wire.Exchange;
import dev.pintle.wire.loop.Faults;
import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/// The body of one request between its arrival and its reader. On the event loop only.
///
/// What nobody asked for yet, or arrives while paused, is kept (copied, as in [BodyCollector]) and keeps the client's window;
/// what nobody will ask for any more is dropped.
final class RequestBody {
  private final HttpTransport transport;
  private final Runnable noRoom;
  private final ArrayDeque<ByteBuf> kept = new ArrayDeque<>(2);
  private Exchange.@Nullable BodyReader reader;
  private boolean paused;
  private boolean ended;
  private boolean endDelivered;
  private boolean unwanted;

  /// @param noRoom answers a body that would take more memory than this client has left
  RequestBody(HttpTransport transport, Runnable noRoom) {
    this.transport = transport;
    this.noRoom = noRoom;
  }

  /// Takes `piece`; returns how many bytes the client may send again at once.
  int arrived(ByteBuf piece) {
    int bytes = piece.readableBytes();
    if (unwanted || endDelivered) {
      return bytes;
    }
    Exchange.BodyReader to = reader;
    if (to == null || paused) {
      return keep(piece);
    }
    to.piece(piece);
    return bytes;
  }

  private int keep(ByteBuf piece) {
    int bytes = piece.readableBytes();
    if (!transport.collecting(bytes)) {
      noRoom.run();
      return bytes;
    }
    kept.add(transport.allocator().buffer(bytes).writeBytes(piece, piece.readerIndex(), bytes));
    return 0;
  }

  void arrivedEnd() {
    ended = true;
    deliverEnd();
  }

  boolean isRead() {
    return reader != null;
  }

  boolean isWanted() {
    return !unwanted && reader != null && !paused && !ended;
  }

  void readBy(Exchange.BodyReader newReader) {
    if (reader != null) {
      throw new IllegalStateException("body: read twice (expected: once)");
    }
    reader = newReader;
    if (!unwanted) {
      transport.wantBody();
      deliverKept();
    }
  }

  void pause() {
    paused = true;
  }

  void resume() {
    paused = false;
    deliverKept();
  }

  /// Drops what is left.
  void drop() {
    unwanted = true;
    int bytes = 0;
    for (ByteBuf piece = kept.poll(); piece != null; piece = kept.poll()) {
      bytes += piece.readableBytes();
      piece.release();
    }
    if (bytes > 0) {
      transport.collecting(-bytes);
    }
    transport.consumed(bytes);
  }

  private void deliverKept() {
    Exchange.BodyReader to = reader;
    if (to == null) {
      return;
    }
    while (!paused && !unwanted) {
      ByteBuf piece = kept.poll();
      if (piece == null) {
        break;
      }
      int bytes = piece.readableBytes();
      transport.collecting(-bytes);
      Faults.guard(() -> to.piece(piece));
      piece.release();
      transport.consumed(bytes);
    }
    deliverEnd();
  }

  private void deliverEnd() {
    Exchange.BodyReader to = reader;
    if (ended && !endDelivered && !unwanted && !paused && kept.isEmpty() && to != null) {
      endDelivered = true;
      to.end();
    }
  }
}
