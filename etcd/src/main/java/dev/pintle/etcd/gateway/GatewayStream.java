package dev.pintle.etcd.gateway;

import com.google.protobuf.Descriptors.MethodDescriptor;
import dev.pintle.wire.Exchange;
import dev.pintle.wire.Exchange.BodyWriter;
import dev.pintle.wire.GrpcStatus;
import dev.pintle.wire.GrpcStream;
import io.netty.buffer.ByteBuf;

/// A stream that is answered as lines of JSON. What the client sends was whole in the request's body.
final class GatewayStream extends GatewayRequest implements GrpcStream {
  private final BodyWriter writer;

  GatewayStream(MethodDescriptor method, Exchange exchange) {
    super(method, exchange);
    this.writer =
        exchange.startResponse(200, Answers.headers().add(Answers.FROM_GRPC, Answers.GRPC));
  }

  @Override
  public void send(ByteBuf message) {
    try {
      writer.write(GatewayJson.printResult(method().getOutputType(), message));
    } finally {
      message.release();
    }
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
  public void pauseReading() {}

  @Override
  public void resumeReading() {}

  @Override
  public void onDraining(Runnable action) {
    exchange().onDraining(action);
  }

  @Override
  public void close(GrpcStatus status) {
    if (!status.isOk()) {
      writer.write(GatewayJson.printError(status));
    }
    writer.end();
  }
}
