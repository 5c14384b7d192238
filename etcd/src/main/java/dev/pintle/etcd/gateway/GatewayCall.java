package dev.pintle.etcd.gateway;

import com.google.protobuf.Descriptors.MethodDescriptor;
import dev.pintle.wire.Exchange;
import dev.pintle.wire.GrpcCall;
import dev.pintle.wire.GrpcStatus;
import io.netty.buffer.ByteBuf;
import java.util.concurrent.Executor;

/// A unary call that came as JSON. Its answer may be made on the thread that publishes the store; printing it moves to
/// `printing`.
final class GatewayCall extends GatewayRequest implements GrpcCall {
  private final Executor printing;

  GatewayCall(MethodDescriptor method, Exchange exchange, Executor printing) {
    super(method, exchange);
    this.printing = printing;
  }

  @Override
  public void reply(ByteBuf message) {
    printing.execute(() -> {
      try {
        ByteBuf body = GatewayJson.print(method().getOutputType(), message);
        exchange().respond(200, Answers.headers().add(Answers.FROM_GRPC, Answers.GRPC), body);
      } finally {
        message.release();
      }
    });
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
