package dev.pintle.wire.http;

import dev.pintle.wire.Exchange;
import dev.pintle.wire.loop.Handoff;
import io.netty.buffer.ByteBuf;

/// An answer that is written piece by piece, from any thread.
final class StreamedAnswer implements Exchange.BodyWriter {
  private final HttpExchange exchange;
  private final HttpTransport transport;

  StreamedAnswer(HttpExchange exchange) {
    this.exchange = exchange;
    this.transport = exchange.transport();
  }

  @Override
  public void write(ByteBuf piece) {
    if (transport.turn().isLoopThread()) {
      exchange.writeNow(piece);
    } else {
      int bytes = piece.readableBytes();
      transport.gate().handing(bytes);
      transport.turn().handOver(new Write(this, piece, bytes));
    }
  }

  @Override
  public boolean isWritable() {
    return transport.isWritable();
  }

  @Override
  public void onWritable(Runnable action) {
    transport.gate().onOpen(action);
  }

  @Override
  public void end() {
    transport.turn().run(exchange::endNow);
  }

  @Override
  public void cut() {
    transport.turn().run(exchange::cutNow);
  }

  private void arrived(ByteBuf piece, int bytes) {
    boolean opened = transport.gate().arrived(bytes);
    exchange.writeNow(piece);
    if (opened) {
      transport.announceLater();
    }
  }

  private static final class Write extends Handoff {
    private final StreamedAnswer answer;
    private final ByteBuf piece;
    private final int bytes;

    Write(StreamedAnswer answer, ByteBuf piece, int bytes) {
      this.answer = answer;
      this.piece = piece;
      this.bytes = bytes;
    }

    @Override
    protected void run() {
      answer.arrived(piece, bytes);
    }

    @Override
    protected void discard() {
      piece.release();
    }
  }
}
