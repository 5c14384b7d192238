package dev.pintle.etcd.gateway;

import dev.pintle.wire.GrpcStatus;
import io.netty.buffer.ByteBuf;
import java.util.function.Function;

/// The reader of all messages of a stream. What is no message is taken for the end of the client's part, as etcd does.
final class AllMessages implements SocketMessages.Reader {
  private final GatewayStream stream;
  private final Function<ByteBuf, GrpcStatus> limit;

  /// @param limit why a message is refused
  AllMessages(GatewayStream stream, Function<ByteBuf, GrpcStatus> limit) {
    this.stream = stream;
    this.limit = limit;
  }

  @Override
  public void message(ByteBuf message) {
    GrpcStatus status = limit.apply(message);
    if (status.isOk()) {
      stream.receive(message);
    } else {
      stream.refuse(status);
    }
  }

  @Override
  public void bad(BadJson why) {
    stream.receiveEnd();
  }

  @Override
  public int waiting() {
    return stream.waiting();
  }
}
