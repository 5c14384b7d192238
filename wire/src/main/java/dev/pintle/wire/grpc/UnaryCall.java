package dev.pintle.wire.grpc;

import dev.pintle.wire.CallMeter;
import dev.pintle.wire.GrpcCall;
import dev.pintle.wire.GrpcLimits;
import dev.pintle.wire.GrpcService;
import dev.pintle.wire.GrpcStatus;
import dev.pintle.wire.GrpcStatus.Code;
import dev.pintle.wire.http2.StreamLink;
import dev.pintle.wire.loop.Handoff;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http2.Http2Headers;
import org.jspecify.annotations.Nullable;

/// One message in, one out.
final class UnaryCall extends ServerCall implements GrpcCall {
  private static final String NONE =
      "cardinality violation: received no request message from non-client-streaming RPC";
  private static final String SEVERAL =
      "cardinality violation: received multiple request messages for non-client-streaming RPC";

  private final GrpcService.Unary method;
  private @Nullable ByteBuf request;
  private volatile @Nullable Runnable onAbort;

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
    request = message.retain();
  }

  @Override
  void halfClosed() throws Refused {
    ByteBuf whole = request;
    if (whole == null) {
      throw new Refused(Code.INTERNAL, NONE);
    }
    request = null;
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
    if (unused != null) {
      unused.release();
    }
    Runnable action = onAbort;
    if (action != null) {
      action.run();
    }
  }

  @Override
  public void onAbort(Runnable action) {
    onAbort = action;
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
