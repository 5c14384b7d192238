package dev.pintle.wire.grpc;

import dev.pintle.wire.CallMeter;
import dev.pintle.wire.GrpcCall;
import dev.pintle.wire.GrpcLimits;
import dev.pintle.wire.GrpcService;
import dev.pintle.wire.GrpcStatus;
import dev.pintle.wire.GrpcStatus.Code;
import dev.pintle.wire.http2.StreamLink;
import dev.pintle.wire.loop.Faults;
import dev.pintle.wire.loop.Handoff;
import dev.pintle.wire.loop.OneShotEvent;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http2.Http2Headers;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/// One message in, one out.
final class UnaryCall extends ServerCall implements GrpcCall {
  private static final String NONE =
      "cardinality violation: received no request message from non-client-streaming RPC";
  private static final String SEVERAL =
      "cardinality violation: received multiple request messages for non-client-streaming RPC";

  private static final OneShotEvent<UnaryCall, Runnable> ABORT =
      new OneShotEvent<>(
          AtomicReferenceFieldUpdater.newUpdater(UnaryCall.class, Object.class, "abort"));

  private static final GrpcStatus LATE =
      new GrpcStatus(Code.DEADLINE_EXCEEDED, "the request was not whole in time");

  private final GrpcService.Unary method;
  private @Nullable ByteBuf request;
  private int keptBytes;

  /// The listeners of its event.
  private volatile @Nullable Object abort;

  private @Nullable Runnable onDraining;

  UnaryCall(
      StreamLink link,
      Http2Headers headers,
      String path,
      GrpcLimits limits,
      CallMeter meter,
      GrpcService.Unary method) {
    super(link, headers, path, limits, meter);
    this.method = method;
  }

  @Override
  void message(ByteBuf message) throws Refused {
    if (request != null) {
      throw new Refused(Code.INTERNAL, SEVERAL);
    }
    request = link().isRemoteEnded() ? message.retain() : kept(message);
  }

  /// The call waits for its end: what it keeps meanwhile is its own, for a slice would keep all that was read with it, and is
  /// counted.
  private ByteBuf kept(ByteBuf message) throws Refused {
    int bytes = message.readableBytes();
    if (!link().collecting(bytes)) {
      throw new Refused(NO_ROOM.code(), NO_ROOM.message());
    }
    keptBytes = bytes;
    return allocator().buffer(bytes).writeBytes(message, message.readerIndex(), bytes);
  }

  private void uncount() {
    if (keptBytes > 0) {
      link().collecting(-keptBytes);
      keptBytes = 0;
    }
  }

  @Override
  public void late() {
    refuse(LATE);
  }

  @Override
  void halfClosed() throws Refused {
    ByteBuf whole = request;
    if (whole == null) {
      throw new Refused(Code.INTERNAL, NONE);
    }
    request = null;
    uncount();
    try {
      method.call(this, whole);
    } finally {
      whole.release();
    }
    armDeadline();
  }

  @Override
  void cutOff() {
    ByteBuf unused = request;
    request = null;
    uncount();
    if (unused != null) {
      unused.release();
    }
    ABORT.happen(this, Runnable::run);
  }

  @Override
  public void onAbort(Runnable action) {
    if (!ABORT.listen(this, action)) {
      link().turn().run(() -> Faults.guard(action));
    }
  }

  @Override
  public void onDraining(Runnable action) {
    onDraining = action;
  }

  @Override
  public void draining() {
    Runnable action = onDraining;
    onDraining = null;
    if (action != null) {
      Faults.guard(action);
    }
  }

  @Override
  public void reply(ByteBuf message) {
    if (link().turn().isLoopThread()) {
      replyNow(message);
    } else {
      link().turn().handOver(new Reply(this, message));
    }
  }

  @Override
  public void fail(GrpcStatus status) {
    link().turn().run(() -> finish(status));
  }

  private void replyNow(ByteBuf message) {
    write(message);
    finish(GrpcStatus.OK);
  }

  private static final class Reply extends Handoff {
    private final UnaryCall call;
    private final ByteBuf message;

    Reply(UnaryCall call, ByteBuf message) {
      this.call = call;
      this.message = message;
    }

    @Override
    protected void run() {
      call.replyNow(message);
    }

    @Override
    protected void discard() {
      message.release();
    }
  }
}
