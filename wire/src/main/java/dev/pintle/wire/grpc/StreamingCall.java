package dev.pintle.wire.grpc;

import dev.pintle.wire.CallMeter;
import dev.pintle.wire.GrpcLimits;
import dev.pintle.wire.GrpcService;
import dev.pintle.wire.GrpcStatus;
import dev.pintle.wire.GrpcStream;
import dev.pintle.wire.http2.StreamLink;
import dev.pintle.wire.loop.Faults;
import dev.pintle.wire.loop.Handoff;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http2.Http2Headers;
import org.jspecify.annotations.Nullable;

/// Any number of messages in and out.
final class StreamingCall extends ServerCall implements GrpcStream {
  private GrpcService.@Nullable Inbound inbound;
  private @Nullable Runnable onDraining;
  private boolean draining;

  StreamingCall(
      StreamLink link, Http2Headers headers, String path, GrpcLimits limits, CallMeter meter) {
    super(link, headers, path, limits, meter);
  }

  void open(GrpcService.Streaming method) {
    armDeadline();
    inbound = method.open(this);
  }

  @Override
  void message(ByteBuf message) {
    if (inbound != null) {
      inbound.message(message);
    }
  }

  @Override
  void halfClosed() {
    if (inbound != null) {
      inbound.halfClosed();
    }
  }

  @Override
  void cutOff() {
    if (inbound != null) {
      inbound.aborted();
    }
  }

  @Override
  public boolean isOpenEnded() {
    return true;
  }

  @Override
  public void draining() {
    draining = true;
    Runnable action = onDraining;
    onDraining = null;
    if (action != null) {
      Faults.guard(action);
    }
  }

  @Override
  public void onDraining(Runnable action) {
    link().turn().run(() -> onDrainingNow(action));
  }

  private void onDrainingNow(Runnable action) {
    if (draining) {
      Faults.guard(action);
    } else {
      onDraining = action;
    }
  }

  @Override
  public void pauseReading() {
    link().turn().run(this::pauseDeframer);
  }

  @Override
  public void resumeReading() {
    link().turn().run(this::resumeDeframer);
  }

  @Override
  public boolean isWritable() {
    return link().isWritable();
  }

  @Override
  public void onWritable(Runnable action) {
    link().gate().onOpen(action);
  }

  @Override
  public void send(ByteBuf message) {
    if (link().turn().isLoopThread()) {
      write(message);
    } else {
      int bytes = message.readableBytes();
      link().gate().handing(bytes);
      link().turn().handOver(new Send(this, message, bytes));
    }
  }

  @Override
  public void close(GrpcStatus status) {
    link().turn().run(() -> finish(status));
  }

  private static final class Send extends Handoff {
    private final StreamingCall call;
    private final ByteBuf message;
    private final int bytes;

    Send(StreamingCall call, ByteBuf message, int bytes) {
      this.call = call;
      this.message = message;
      this.bytes = bytes;
    }

    @Override
    protected void run() {
      boolean opened = call.link().gate().arrived(bytes);
      call.write(message);
      if (opened) {
        call.link().announceLater();
      }
    }

    @Override
    protected void discard() {
      message.release();
    }
  }
}
