package dev.pintle.etcd.gateway;

import com.google.protobuf.Descriptors.MethodDescriptor;
import dev.pintle.etcd.status.DecodingUnary;
import dev.pintle.etcd.status.EtcdStatus;
import dev.pintle.etcd.work.SlowWork;
import dev.pintle.wire.Exchange;
import dev.pintle.wire.GrpcCall;
import dev.pintle.wire.GrpcStatus;
import dev.pintle.wire.GrpcStatus.Code;
import dev.pintle.wire.RequestHead;
import io.netty.buffer.ByteBuf;

/// A unary call that came as JSON. Its answer may be made on the thread that publishes the store; printing it moves to
/// `printing`.
final class GatewayCall extends GatewayRequest implements GrpcCall {
  private final SlowWork printing;
  private final GatewayMeter meter;
  private final GatewayAnswer answer;

  GatewayCall(
      MethodDescriptor method,
      Exchange exchange,
      RequestHead head,
      GatewayAnswer answer,
      SlowWork printing,
      GatewayMeter meter) {
    super(method, exchange, head);
    this.answer = answer;
    this.printing = printing;
    this.meter = meter;
    exchange.onAbort(() -> meter.ended(Code.CANCELLED));
  }

  GatewayAnswer answer() {
    return answer;
  }

  GatewayMeter meter() {
    return meter;
  }

  @Override
  public void reply(ByteBuf message) {
    meter.sent(message.readableBytes());
    Runnable print = DecodingUnary.answering(this, () -> print(message));
    if (message.readableBytes() <= AT_ONCE_BYTES_MAX) {
      printing.execute(print);
    } else if (!printing.tryExecuteLong(this, print)) {
      message.release();
      fail(EtcdStatus.STOPPED);
    }
  }

  private void print(ByteBuf message) {
    try {
      ByteBuf body = GatewayJson.print(method().getOutputType(), message);
      meter.ended(Code.OK);
      answer.succeed(body);
    } finally {
      message.release();
    }
  }

  @Override
  public void fail(GrpcStatus status) {
    meter.ended(status.code());
    answer.fail(status);
  }

  /// The call has taken longer than it may.
  void expire() {
    meter.ended(Code.DEADLINE_EXCEEDED);
    answer.expire();
  }

  @Override
  public void onAbort(Runnable action) {
    exchange().onAbort(action);
  }
}
