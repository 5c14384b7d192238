package dev.pintle.etcd.queuing;

import dev.pintle.etcd.status.EtcdStatus;
import dev.pintle.kernel.flow.WorkEstimate;
import dev.pintle.wire.GrpcCall;
import dev.pintle.wire.GrpcService.Unary;
import dev.pintle.wire.GrpcStatus;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/// A unary call with its ticket. It has its seats until the method answers, also when the client has gone: what was begun for it goes on.
final class GatedCall extends SeatTicket implements GrpcCall, PassingRequest {
  private static final byte[] NOTHING = new byte[0];

  private final GrpcCall call;
  private final Unary method;

  /// Key-values that the answer will have; 0 when its length says nothing about theirs.
  private final long valuesRead;

  private byte[] body = NOTHING;
  private boolean gone;

  GatedCall(
      RequestClass requestClass,
      GrpcCall call,
      Unary method,
      WorkEstimate estimate,
      long valuesRead) {
    super(requestClass, call, estimate, Verdict.UNDECIDED);
    this.call = call;
    this.method = method;
    this.valuesRead = valuesRead;
  }

  @Override
  public GrpcCall origin() {
    return call;
  }

  /// @param message valid during the call only
  void begin(ByteBuf message) {
    Verdict verdict = offer();
    if (verdict != Verdict.UNDECIDED) {
      goOn(verdict, message);
      return;
    }
    int bytes = message.readableBytes();
    boolean kept = call.keep(bytes);
    if (kept) {
      body = new byte[bytes];
      message.getBytes(message.readerIndex(), body);
    }
    verdict = park();
    if (!kept) {
      gone = true;
      leave();
      call.fail(EtcdStatus.TOO_MANY_REQUESTS);
    } else if (verdict == Verdict.PARKED) {
      call.onAbort(this::aborted);
    } else {
      call.keep(-bytes);
      body = NOTHING;
      goOn(verdict, message);
    }
  }

  private void goOn(Verdict verdict, ByteBuf message) {
    if (verdict == Verdict.GRANTED) {
      execute(message);
    } else {
      call.fail(refusal());
    }
  }

  private GrpcStatus refusal() {
    return FairGate.refusal(level());
  }

  private void execute(ByteBuf message) {
    try {
      method.call(this, message);
    } catch (RuntimeException | Error bug) {
      leave();
      throw bug;
    }
  }

  @Override
  void granted() {
    if (gone) {
      return;
    }
    byte[] whole = body;
    waited();
    execute(Unpooled.wrappedBuffer(whole));
  }

  @Override
  void refused() {
    if (!gone) {
      waited();
      call.fail(refusal());
    }
  }

  /// What happens to the client from now on is no matter of the queue.
  private void waited() {
    call.keep(-body.length);
    body = NOTHING;
    gone = true;
  }

  private void aborted() {
    if (!gone) {
      gone = true;
      body = NOTHING;
      leave();
    }
  }

  @Override
  public void reply(ByteBuf message) {
    leave();
    if (valuesRead > 0) {
      requestClass().keys().observe(message.readableBytes() / (double) valuesRead);
    }
    call.reply(message);
  }

  @Override
  public void fail(GrpcStatus status) {
    leave();
    call.fail(status);
  }

  @Override
  public void onAbort(Runnable action) {
    call.onAbort(action);
  }
}
