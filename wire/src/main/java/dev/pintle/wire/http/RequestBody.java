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
  private final HttpExchange exchange;

  /// Null until something is kept: most requests have no body.
  private @Nullable ArrayDeque<ByteBuf> kept;

  private Exchange.@Nullable BodyReader reader;

  /// The reader, where it takes the body as a whole.
  private @Nullable BodyCollector collector;

  private boolean paused;
  private boolean ended;
  private boolean endDelivered;
  private boolean unwanted;

  /// @param ended whether no more of it comes
  /// @param unwanted whether nobody will ask for it any more
  RequestBody(HttpExchange exchange, boolean ended, boolean unwanted) {
    this.exchange = exchange;
    this.ended = ended;
    this.unwanted = unwanted;
  }

  private HttpTransport transport() {
    return exchange.transport();
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
    if (!transport().collecting(bytes)) {
      exchange.refuseForWantOfRoom();
      return bytes;
    }
    ArrayDeque<ByteBuf> pieces = kept;
    if (pieces == null) {
      pieces = new ArrayDeque<>(2);
      kept = pieces;
    }
    pieces.add(transport().allocator().buffer(bytes).writeBytes(piece, piece.readerIndex(), bytes));
    return 0;
  }

  private @Nullable ByteBuf nextKept() {
    return kept == null ? null : kept.poll();
  }

  private boolean hasNoneKept() {
    return kept == null || kept.isEmpty();
  }

  void arrivedEnd() {
    ended = true;
    deliverEnd();
  }

  /// Whether it is read piece by piece.
  boolean isStreamed() {
    return reader != null && collector == null;
  }

  boolean isWanted() {
    return !unwanted && reader != null && !paused && !ended;
  }

  void collectBy(BodyCollector collecting) {
    collector = collecting;
    readBy(collecting);
  }

  void readBy(Exchange.BodyReader newReader) {
    if (reader != null) {
      throw new IllegalStateException("body: read twice (expected: once)");
    }
    reader = newReader;
    if (!unwanted) {
      transport().wantBody();
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
    for (ByteBuf piece = nextKept(); piece != null; piece = nextKept()) {
      bytes += piece.readableBytes();
      piece.release();
    }
    if (bytes > 0) {
      transport().collecting(-bytes);
    }
    transport().consumed(bytes);
    if (collector != null) {
      collector.release();
    }
  }

  private void deliverKept() {
    Exchange.BodyReader to = reader;
    if (to == null) {
      return;
    }
    while (!paused && !unwanted) {
      ByteBuf piece = nextKept();
      if (piece == null) {
        break;
      }
      int bytes = piece.readableBytes();
      transport().collecting(-bytes);
      Faults.guard(() -> to.piece(piece));
      piece.release();
      transport().consumed(bytes);
    }
    deliverEnd();
  }

  private void deliverEnd() {
    Exchange.BodyReader to = reader;
    if (ended && !endDelivered && !unwanted && !paused && hasNoneKept() && to != null) {
      endDelivered = true;
      to.end();
    }
  }
}
