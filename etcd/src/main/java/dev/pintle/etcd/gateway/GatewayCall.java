package dev.pintle.etcd.gateway;

import com.google.protobuf.Descriptors.MethodDescriptor;
import dev.pintle.etcd.status.EtcdStatus;
import dev.pintle.etcd.work.SlowWork;
import dev.pintle.wire.Exchange;
import dev.pintle.wire.GrpcCall;
import dev.pintle.wire.GrpcStatus;
import io.netty.buffer.ByteBuf;

/// A unary call that came as JSON. Its answer may be made on the thread that publishes the store; printing it moves to
/// `printing`.
final class GatewayCall extends GatewayRequest implements GrpcCall {
  /// A longer answer is printed where clients take turns.
  private static final int AT_ONCE_BYTES_MAX = 64 << 10;

  private final SlowWork printing;

  GatewayCall(MethodDescriptor method, Exchange exchange, SlowWork printing) {
    super(method, exchange);
    this.printing = printing;
  }

  @Override
  public void reply(ByteBuf message) {
    if (message.readableBytes() <= AT_ONCE_BYTES_MAX) {
      printing.execute(() -> print(message));
    } else if (!printing.tryExecuteLong(this, () -> print(message))) {
      message.release();
      fail(EtcdStatus.STOPPED);
    }
  }

  private void print(ByteBuf message) {
    try {
      ByteBuf body = GatewayJson.print(method().getOutputType(), message);
      exchange().respond(200, Answers.headers().add(Answers.FROM_GRPC, Answers.GRPC), body);
    } finally {
      message.release();
    }
  }

  @Override
  public void fail(GrpcStatus status) {
    Answers.fail(exchange(), status);
  }

  @Override
  public void onAbort(Runnable action) {
    exchange().onAbort(action);
  }
}
