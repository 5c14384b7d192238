package dev.pintle.kube.intercept;

import dev.pintle.wire.Exchange.BodyWriter;
import io.netty.buffer.ByteBuf;

/// A writer of events that breaks the answer off in place of the event that is one too many. Of one thread at a time, as every writer.
final class LimitedEvents implements BodyWriter {
  private final BodyWriter writer;
  private final InterceptedExchange.EventLimit limit;
  private final EventFraming frames;
  private final Runnable breakOff;
  private int sent;
  private volatile boolean over;

  LimitedEvents(
      BodyWriter writer,
      InterceptedExchange.EventLimit limit,
      EventFraming frames,
      Runnable breakOff) {
    this.writer = writer;
    this.limit = limit;
    this.frames = frames;
    this.breakOff = breakOff;
  }

  @Override
  public void write(ByteBuf piece) {
    if (over) {
      piece.release();
      return;
    }
    int at = piece.readerIndex();
    while (at < piece.writerIndex() && sent < limit.events()) {
      at = frames.end(piece, at);
      sent++;
    }
    if (at >= piece.writerIndex()) {
      writer.write(piece);
      return;
    }
    over = true;
    if (at > piece.readerIndex()) {
      writer.write(piece.slice(piece.readerIndex(), at - piece.readerIndex()).retain());
    }
    piece.release();
    limit.reached().run();
    breakOff.run();
  }

  @Override
  public boolean isWritable() {
    return writer.isWritable();
  }

  @Override
  public void onWritable(Runnable action) {
    writer.onWritable(action);
  }

  @Override
  public void end() {
    writer.end();
  }

  @Override
  public void cut() {
    writer.cut();
  }
}
