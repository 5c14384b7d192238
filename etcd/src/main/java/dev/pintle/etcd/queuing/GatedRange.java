package dev.pintle.etcd.queuing;

import dev.pintle.etcd.status.EtcdStatus;
import dev.pintle.kernel.flow.WorkEstimate;
import dev.pintle.wire.GrpcService.Inbound;
import dev.pintle.wire.GrpcService.Streaming;
import dev.pintle.wire.GrpcStatus;
import dev.pintle.wire.GrpcStream;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// A range that is answered as a stream, between the wire and the method. It has its seats until the stream ends, its client has gone, or
/// does not take what it is sent.
final class GatedRange implements Inbound, GrpcStream, PassingRequest {
  /// A client that takes nothing for so long needs no seat.
  private static final long STALL_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final FairGate gate;
  private final GrpcStream stream;
  private final Inbound method;
  private final AtomicBoolean stalling = new AtomicBoolean();
  private volatile @Nullable Ticket ticket;

  /// Pieces sent.
  private final AtomicLong sent = new AtomicLong();

  GatedRange(FairGate gate, GrpcStream stream, Streaming method) {
    this.gate = gate;
    this.stream = stream;
    this.method = method.open(this);
  }

  private final class Ticket extends SeatTicket {
    private final byte[] body;
    private boolean gone;

    Ticket(RequestClass requestClass, WorkEstimate estimate, byte[] body) {
      super(requestClass, stream, estimate, Verdict.PARKED);
      this.body = body;
    }

    @Override
    void granted() {
      if (!gone) {
        stream.keep(-body.length);
        method.message(Unpooled.wrappedBuffer(body));
      }
    }

    @Override
    void refused() {
      if (!gone) {
        stream.close(FairGate.refusal(level()));
      }
    }

    void end() {
      gone = true;
      leave();
    }
  }

  @Override
  public GrpcStream origin() {
    return stream;
  }

  @Override
  public void message(ByteBuf message) {
    if (ticket != null) {
      close(EtcdStatus.SEVERAL_MESSAGES);
      return;
    }
    FairGate.Asked asked = gate.asked(stream, message);
    if (asked == null) {
      method.message(message);
      return;
    }
    if (!stream.keep(message.readableBytes())) {
      stream.close(EtcdStatus.TOO_MANY_REQUESTS);
      return;
    }
    byte[] body = new byte[message.readableBytes()];
    message.getBytes(message.readerIndex(), body);
    Ticket made = new Ticket(asked.requestClass(), asked.estimate(), body);
    ticket = made;
    made.offer();
  }

  private void leave() {
    Ticket made = ticket;
    if (made != null) {
      made.leave();
    }
  }

  @Override
  public void halfClosed() {
    method.halfClosed();
  }

  @Override
  public void aborted() {
    Ticket made = ticket;
    if (made != null) {
      made.end();
    }
    method.aborted();
  }

  @Override
  public void close(GrpcStatus status) {
    leave();
    stream.close(status);
  }

  @Override
  public boolean isWritable() {
    boolean writable = stream.isWritable();
    Ticket made = ticket;
    if (!writable && made != null && stalling.compareAndSet(false, true)) {
      lookLater(made, sent.get());
    }
    return writable;
  }

  /// Looks for as long as the ticket holds seats whether the client takes anything.
  private void lookLater(Ticket made, long before) {
    made.level()
        .later(
            () -> {
              long now = sent.get();
              if (now == before) {
                made.leave();
              } else if (!made.isOver()) {
                lookLater(made, now);
              }
            },
            STALL_NANOS);
  }

  @Override
  public void send(ByteBuf message) {
    sent.incrementAndGet();
    stream.send(message);
  }

  @Override
  public void onWritable(Runnable action) {
    stream.onWritable(action);
  }

  @Override
  public void pauseReading() {
    stream.pauseReading();
  }

  @Override
  public void resumeReading() {
    stream.resumeReading();
  }

  @Override
  public void onDraining(Runnable action) {
    stream.onDraining(action);
  }
}
